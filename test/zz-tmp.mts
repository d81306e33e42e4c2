import { startAtWork, flowEvent, hookdeckSignature, salesforce } from '/work/main/test/unit/main/inbound/receive/receiver-at-work.ts'
import { spawn } from 'node:child_process'
import express from 'express'
import http from 'node:http'
const fields = {Name:'Northwind Traders', Phone:'+1 555 0100', BillingStreet:'1 Main St', BillingCity:'Springfield', Website:'https://x.example', Description:'x'.repeat(300)}
const body = flowEvent(1, fields)
const w = await startAtWork({ journal: { append: async (a) => a.items.map(() => ({eventId: 1, duplicate:false})) as any } })
w.set(salesforce({maxPerSecond: 10_000_000}))
const app=express(); app.post('/hooks/:source',(req,res)=>{ res.status(200).json({ok:true}) })
const app2=express(); app2.use(express.json()); app2.post('/hooks/:source',(req,res)=>{ res.status(200).json({ok:true}) })
const listen=(h:any)=>new Promise<string>(r=>{const s=http.createServer(h).listen(0,'127.0.0.1',()=>r(`http://127.0.0.1:${(s.address() as any).port}`))})
const raw=(req:any,res:any)=>{ const c:any[]=[]; req.on('data',(x:any)=>c.push(x)); req.on('end',()=>{res.writeHead(200,['content-type','application/json','content-length','11']);res.end('{"ok":true}')})}
const urls={receiver:w.receiver.url, bare: await listen(app), json: await listen(app2), raw: await listen(raw)}
const run=(url:string)=>new Promise<string>(r=>{const c=spawn(process.execPath,['/tmp/g/client.mjs',JSON.stringify({url:url+'/hooks/salesforce',method:'POST',headers:{'content-type':'application/json','x-hookdeck-signature':hookdeckSignature(body),'x-hookdeck-eventid':'evt_1'},body})]);let t='';c.stdout.on('data',d=>t+=d);c.on('close',()=>r(t.trim()))})
for (let i=0;i<3;i++) for (const [n,u] of Object.entries(urls)) { const b=process.cpuUsage(); const t=await run(u); const a=process.cpuUsage(b); console.log(n,t,((a.user+a.system)/40000).toFixed(1),'us cpu/request') }
process.exit()
