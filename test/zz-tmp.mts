import { startAtWork, flowEvent, hookdeckSignature, salesforce } from '/work/main/test/unit/main/inbound/receive/receiver-at-work.ts'
import { spawn } from 'node:child_process'
import express from 'express'
import { readBody } from '#main/inbound/receive/read-body.ts'
import { answer } from '#main/inbound/receive/answer.ts'
import { UnderWay } from '#main/inbound/receive/under-way.ts'
import { readSender } from '#main/inbound/receive/sender.ts'
import { createDoor } from '#main/inbound/receive/door.ts'
import { readEvents } from '#main/inbound/receive/read-events.ts'
import { usefulHeadersOf } from '#main/inbound/receive/redact.ts'
import { systemClock } from '#main/base/clock.ts'

import http from 'node:http'
const fields = {Name:'Northwind Traders', Phone:'+1 555 0100', BillingStreet:'1 Main St', BillingCity:'Springfield', Website:'https://x.example', Description:'x'.repeat(300)}
const body = flowEvent(1, fields)
const w = await startAtWork({ journal: { append: async (a) => a.items.map(() => ({eventId: 1, duplicate:false})) as any } })
w.set(salesforce({maxPerSecond: 10_000_000}))
const app=express(); app.post('/hooks/:source',(req,res)=>{ res.status(200).json({ok:true}) })
const app2=express(); app2.use(express.json()); app2.post('/hooks/:source',(req,res)=>{ res.status(200).json({ok:true}) })
const listen=(h:any)=>new Promise<string>(r=>{const s=http.createServer(h).listen(0,'127.0.0.1',()=>r(`http://127.0.0.1:${(s.address() as any).port}`))})
const raw=(req:any,res:any)=>{ const c:any[]=[]; req.on('data',(x:any)=>c.push(x)); req.on('end',()=>{res.writeHead(200,['content-type','application/json','content-length','11']);res.end('{"ok":true}')})}

const ok={status:200,contentType:'application/json',text:'{"receipt":[{"eventId":1,"duplicate":false}]}',last:false}
const uw=new UnderWay(1e9); const door=createDoor(salesforce({maxPerSecond: 10_000_000}),(async()=>{}) as any,systemClock)!
const q=new URLSearchParams()
const h=(n:number)=>async (req:any,res:any)=>{ let hold=(_:number)=>true; if(n>1){hold=uw.enter(res); const s=readSender(req); door.turnAway(req,s)}
 const r=n===0? await new Promise<any>(done=>{const c:any[]=[];req.on('data',(x:any)=>c.push(x)).on('end',()=>done({bytes:c[0]}))}) : await readBody(req,{maxBytes:1e7,timeoutMs:15000,hold}) as any
 if(n>2) { const v=await door.verify({headers:req.headers,raw:r.bytes,query:q,unpacked:()=>null as any}); if(!v.ok) throw 1 }
 if(n>3) { const p=readEvents(door,r.bytes,q,'application/json'); if(!p.ok) throw 1 }
 if(n>4) usefulHeadersOf(req.headers)
 answer(res,ok) }
const urls:Record<string,string>={raw:await listen(raw),h0:await listen(h(0)),h1:await listen(h(1)),h2:await listen(h(2)),h3:await listen(h(3)),h4:await listen(h(4)),h5:await listen(h(5)),receiver:w.receiver.url,bare:await listen(app)}
const run=(url:string)=>new Promise<string>(r=>{const c=spawn(process.execPath,['/tmp/g/client.mjs',JSON.stringify({url:url+'/hooks/salesforce',method:'POST',headers:{'content-type':'application/json','x-hookdeck-signature':hookdeckSignature(body),'x-hookdeck-eventid':'evt_1'},body})]);let t='';c.stdout.on('data',d=>t+=d);c.on('close',()=>r(t.trim()))})
for (let i=0;i<3;i++) for (const [n,u] of Object.entries(urls)) { const b=process.cpuUsage(); const t=await run(u); const a=process.cpuUsage(b); console.log(n,t,((a.user+a.system)/40000).toFixed(1),'us cpu/request') }
process.exit()
