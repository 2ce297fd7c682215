import type { MessageFacts } from '@tropa/db/messages'
import { emailFrom } from '@tropa/intake'
import type { SendRequest } from '@tropa/journey'
import { passed, type Rung, type RungCode, stopped } from './rungs.ts'

/** The gate's answer. A delay keeps the message planned; a refusal ends it as not sent. */
export type GateAnswer =
  | { gate: 'open'; rungs: Rung[]; request: SendRequest; address: string }
  | { gate: 'refused'; reason: string; failed: boolean; rungs: Rung[] }
  | { gate: 'later'; reason: string; retryInMs: number; rungs: Rung[] }
  | { gate: 'gone' }

const day = 86_400_000
/** Going on with the journey wakes its messages; asking again is only a net. */
const pauseRetryMs = 15 * 60_000
/** A connection just found broken is left in peace that long; then a message that finds it working releases the rest. */
const brokenHoldMs = 5_000

/**
 * Whether a message may go out now, by facts read under the gate's locks. Rungs are checked in order and the first that
 * stops decides. Pure: the same facts give the same answer.
 */
export function passGate(facts: MessageFacts): GateAnswer {
  const request = requestOf(facts)
  if (!request) return { gate: 'gone' }
  const rungs = [passed('enrollment', 'enrollment_active')]
  const refuse = (rung: string, code: RungCode, failed = false): GateAnswer => {
    rungs.push(stopped(rung, code))
    return { gate: 'refused', reason: code, failed, rungs }
  }
  const later = (rung: string, code: RungCode, retryInMs: number): GateAnswer => {
    rungs.push(stopped(rung, code))
    return { gate: 'later', reason: code, retryInMs, rungs }
  }
  if (facts.now - facts.plannedAt > day && facts.lastAttempt) return refuse('age', 'retries_exhausted', true)
  if (facts.journeyStatus === 'paused') return later('journey', 'journey_paused', pauseRetryMs)
  rungs.push(passed('journey', 'journey_live'))
  const consent = consentCode(facts, request)
  if (consent !== 'consent_granted' && consent !== 'consent_not_needed') return refuse('consent', consent)
  rungs.push(passed('consent', consent))
  if (!facts.email) return refuse('address', facts.emailIsOfAnother ? 'address_of_another' : 'no_address')
  if (emailFrom(facts.email) === null) return refuse('address', 'address_invalid')
  rungs.push(passed('address', 'address_found'))
  if (facts.suppressed) return refuse('suppression', 'suppressed')
  rungs.push(passed('suppression', 'not_suppressed'))
  for (const limit of ['quiet_hours', 'frequency_cap', 'budget', 'holdout'])
    rungs.push(passed(limit, 'not_configured'))
  if (!facts.template?.compiled || facts.template.archived) return refuse('template', 'template_error')
  rungs.push(passed('template', 'template_ready'))
  const { connection } = facts
  if (!connection || connection.disabled) return refuse('connection', 'connector_disabled')
  const heldUntil = (connection.brokenSince ?? -Infinity) + brokenHoldMs
  if (facts.now < heldUntil) return later('connection', 'connection_broken', heldUntil - facts.now)
  rungs.push(passed('connection', 'connection_ready'))
  return { gate: 'open', rungs, request, address: facts.email }
}

/** What the enrollment asks for at the visit this message belongs to; `null` when it has moved on or ended. */
export function requestOf(facts: MessageFacts): SendRequest | null {
  const { pending } = facts.state
  if (facts.enrollmentStatus !== 'active' || !pending || pending.command.do !== 'send') return null
  return pending.node === facts.node && pending.visit === facts.visit ? pending.command.request : null
}

function consentCode({ consents }: MessageFacts, { messageClass, topic }: SendRequest): RungCode {
  const states = consents.filter((consent) => consent.topic === '' || consent.topic === topic)
  if (messageClass === 'transactional') return 'consent_not_needed'
  if (states.some(({ state }) => state === 'revoked')) return 'consent_revoked'
  return states.some(({ state }) => state === 'granted') ? 'consent_granted' : 'consent_missing'
}
