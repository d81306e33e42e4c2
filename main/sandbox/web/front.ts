import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Fault } from '#main/sandbox/sandbox-types.ts'
import type { Call } from '#main/sandbox/world/calls.ts'
import type { Json } from '#shared/domain/record.ts'
import { answerControl } from './control.ts'
import type { ControlTarget } from './control.ts'
import type { FaultTarget } from './faults.ts'
import { Messages } from './messages.ts'
import type { WebAnswer, WebHandler, WebRequest } from './web-server.ts'

/** What a request is about, found out from its address alone. */
export interface Subject extends FaultTarget {
  readonly id: string | null
  /** Who calls, for the list of calls. */
  readonly client: string | null
}

/** A simulated system behind its front. */
export interface SystemPages extends ControlTarget {
  subject(request: WebRequest): Subject
  answer(request: WebRequest): WebAnswer
  /** How this system words a fault that it answers with. */
  faultAnswer(fault: Fault, subject: Subject): WebAnswer
  /** Adds the headers that this system puts on every answer. */
  finish(answer: WebAnswer, fault: Fault | null): WebAnswer
  /** Runs `work` in one transaction of the world. */
  atomically<T>(work: () => T): T
}

/** What a simulated system needs from the sandbox around it. */
export interface SystemHooks {
  /** Where its server listens. */
  readonly url: () => string
  readonly setTraffic: (perMinute: number) => void
  readonly onFaults: (active: readonly Fault[]) => void
}

const secretHeaders = new Set(['authorization', 'cookie', 'clientid'])

/** Puts control pages, faults and the list of calls before a simulated system. */
export function createFront(system: SystemPages): WebHandler {
  const messages = new Messages()
  return async (request) => {
    if (request.path[0] === 'sandbox' && request.path[1] === 'messages') return messages.answer(request)
    if (request.path[0] === 'sandbox') return system.atomically(() => answerControl(system, request))
    const subject = system.subject(request)
    const fault = system.faults.take(subject)
    if (fault?.kind === 'slow') await pause(fault.delayMs ?? 1_000)
    const isLate = fault?.kind === 'timeout-after-write'
    const isServed = fault === null || fault.kind === 'slow' || isLate
    if (isServed && !subject.isWrite) return isLate ? 'hold' : system.finish(system.answer(request), fault)

    // The write and the note of it are one transaction: a reader of the calls never sees one without the other.
    const answer = system.atomically(() => {
      const made = isServed ? system.answer(request) : refuse(system, fault, subject)
      if (subject.isWrite) system.calls.add(toCall(request, subject, made, isLate, fault))
      return made
    })
    if (isLate) return 'hold'
    return answer === null ? 'cut' : system.finish(answer, fault)
  }
}

function refuse(system: SystemPages, fault: Fault, subject: Subject): WebAnswer | null {
  return fault.kind === 'down' ? null : system.faultAnswer(fault, subject)
}

function toCall(
  request: WebRequest,
  subject: Subject,
  answer: WebAnswer | null,
  isLate: boolean,
  fault: Fault | null,
): Call {
  return {
    at: new Date().toISOString(),
    method: request.method,
    path: request.url,
    entity: subject.entity,
    id: subject.id ?? idOf(answer),
    body: toJson(request.text),
    status: answer === null || isLate ? null : answer.status,
    fault: fault?.kind ?? null,
    client: subject.client,
    headers: publicHeaders(request.headers),
  }
}

function idOf(answer: WebAnswer | null): string | null {
  if (typeof answer?.body !== 'object' || answer.body === null || !('id' in answer.body)) return null
  return String(answer.body.id)
}

function toJson(text: string): Json {
  try {
    return text === '' ? null : (JSON.parse(text) as Json)
  } catch {
    return text
  }
}

function publicHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => !secretHeaders.has(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}
