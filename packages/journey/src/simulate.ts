import { advance } from './advance.ts'
import type { SendRequest } from './command.ts'
import type { Evaluate } from './condition/evaluate.ts'
import type { FactRef } from './condition/schema.ts'
import { decide } from './decide.ts'
import { durationMs } from './duration.ts'
import {
  type BlockingCommand,
  type End,
  type EnrollmentState,
  type Identity,
  type Input,
  newEnrollment,
  type Step,
} from './enrollment.ts'
import { findLeaving, leavesUntil } from './leaving.ts'
import type { AnyKind, EventFacts } from './node.ts'
import { own } from './own.ts'
import type { Plan } from './plan.ts'
import type { Port, ReadAnswer } from './port.ts'
import { isOfSameKey } from './same-key.ts'

/** A made-up or historical customer to walk through a plan. */
export interface SimulatedCustomer {
  attributes: Record<string, unknown>
  consents: Record<string, boolean>
  /** All the customer's events, the entry event included, in order of time. */
  events: EventFacts[]
}

export interface Simulation {
  plan: Plan
  kinds: readonly AnyKind[]
  identity: Identity
  customer: SimulatedCustomer
  entry: EventFacts
  entryNode: string
  /** How a message or call ends; a message is `sent` unless this says otherwise. */
  outcome?: (request: SendRequest | { action: string }) => Extract<Input, { type: 'result' }>
  /** Stops before anything later than this instant, epoch milliseconds. */
  until?: number
  /** Stops after so many activations, 1,000 unless given: a journey with a loop through a wait may never end. */
  maxWakeUps?: number
  /** How conditions are evaluated: by json-rules-engine unless given; `evaluateDirectly` is faster. */
  evaluate?: Evaluate
}

export interface Simulated {
  steps: Step[]
  end: End | null
  state: EnrollmentState
}

/**
 * Walks a customer through a plan on a virtual clock: the same core as a live run, time passes at once and nothing is sent.
 * The activation's instant is that of its cause: the event, the timer's due instant, or the instant before.
 */
export async function simulate(simulation: Simulation): Promise<Simulated> {
  const { plan, kinds, identity, entry } = simulation
  const evaluate = simulation.evaluate ? { evaluate: simulation.evaluate } : {}
  const customer: SimulatedCustomer = {
    ...simulation.customer,
    attributes: { ...simulation.customer.attributes },
  }
  const port = simulatedPort(customer)
  let now = entry.occurredAt
  let input: Input = { type: 'entered', node: simulation.entryNode }
  let state = newEnrollment(entry)
  const steps: Step[] = []
  for (let left = simulation.maxWakeUps ?? 1000; left > 0; left -= 1) {
    const result = await advance({ plan, kinds, identity, state, input, now, port, ...evaluate })
    state = result.state
    steps.push(...result.steps)
    if (result.command.do === 'exit') return { steps, end: result.command, state }
    const next = await nextInput({ simulation, command: result.command, state, customer, port, now })
    if (next.at > (simulation.until ?? Number.POSITIVE_INFINITY)) return { steps, end: null, state }
    now = next.at
    input = next.input
  }
  return { steps, end: null, state }
}

/** Where a simulated token stands, and what it looks at. */
interface Standing {
  simulation: Simulation
  command: BlockingCommand
  state: EnrollmentState
  customer: SimulatedCustomer
  port: Port
  now: number
}

/** What ends the pending visit: an exit rule's event, unless the command has ended by itself before it. */
async function nextInput(standing: Standing): Promise<{ at: number; input: Input }> {
  const { simulation, command, state, customer, port, now } = standing
  const { pending } = state
  const until = pending ? leavesUntil(pending) : now
  const before = customer.events.filter(({ occurredAt }) => occurredAt <= until)
  const leaving = await findLeaving(simulation.plan, before, state, port, simulation.evaluate)
  const at = Math.max(leaving?.event.occurredAt ?? 0, pending?.enteredAt ?? 0)
  const left = leaving && {
    at,
    input: { type: 'leave', reason: leaving.reason, eventId: leaving.event.id } as const,
  }
  if (left && command.do !== 'listen') return left
  const ended = await ownInput(standing)
  const wasFirst =
    ended.input.type !== 'event' || (leaving?.event.occurredAt ?? 0) <= ended.input.event.occurredAt
  return left && wasFirst ? left : ended
}

/** What the pending command itself ends with. */
async function ownInput({
  simulation,
  command,
  state,
  customer,
  port,
  now,
}: Standing): Promise<{ at: number; input: Input }> {
  switch (command.do) {
    case 'wait':
      return { at: command.until, input: { type: 'timer' } }
    case 'listen': {
      const since = state.pending?.since ?? now
      for (const event of customer.events) {
        if (event.occurredAt <= since || event.occurredAt > command.until || event.id === state.entry.id)
          continue
        if (!isOfSameKey(simulation.plan, state, event)) continue
        const match = await matchAlternative(command, event, state, port, simulation.evaluate)
        if (match) return { at: event.occurredAt, input: match }
      }
      return { at: command.until, input: { type: 'timer' } }
    }
    case 'send':
      return { at: now, input: simulation.outcome?.(command.request) ?? { type: 'result', outcome: 'sent' } }
    case 'call':
      return {
        at: now,
        input: simulation.outcome?.({ action: command.action }) ?? { type: 'result', outcome: 'done' },
      }
    case 'update':
      for (const [name, value] of Object.entries(command.changes.attributes)) {
        if (value === null) delete customer.attributes[name]
        else customer.attributes[name] = value
      }
      return { at: now, input: { type: 'result', outcome: 'done' } }
  }
}

/** The input with which an event ends a `listen`, or `null` when no alternative wants it. Its filter must be true, not unknown. */
export async function matchAlternative(
  command: Extract<BlockingCommand, { do: 'listen' }>,
  event: EventFacts,
  state: EnrollmentState,
  port: Port,
  evaluate?: Evaluate,
): Promise<Extract<Input, { type: 'event' }> | null> {
  for (const [alternative, wanted] of command.alternatives.entries()) {
    if (wanted.event !== event.name) continue
    if (!wanted.filter) return { type: 'event', event, alternative }
    const match = await decide(
      wanted.filter,
      { event, entry: state.entry, saved: state.saved },
      port,
      event.occurredAt,
      [],
      evaluate,
    )
    if (match.result === 'true') return { type: 'event', event, alternative, match }
  }
  return null
}

/** Answers reads from a simulated customer; a window counts events up to and including `now`. */
export function simulatedPort(customer: SimulatedCustomer): Port {
  const past = (ref: FactRef, now: number) => {
    const from = ref.params.within ? now - durationMs(ref.params.within) : Number.NEGATIVE_INFINITY
    return customer.events.filter(
      (event) => event.name === ref.params.event && event.occurredAt > from && event.occurredAt <= now,
    )
  }
  const answers: Record<string, (ref: FactRef, now: number) => ReadAnswer> = {
    attribute: (ref) => ({ value: own(customer.attributes, ref.params.name ?? ''), source: 'customer' }),
    consent: (ref) => ({ value: own(customer.consents, ref.params.channel ?? ''), source: 'consent' }),
    event_count: (ref, now) => ({ value: past(ref, now).length, source: 'events' }),
    event_sum: (ref, now) => ({ value: sumOf(past(ref, now), ref.params.property ?? ''), source: 'events' }),
  }
  return { read: async (ref, now) => own(answers, ref.fact)?.(ref, now) ?? { value: undefined } }
}

function sumOf(events: EventFacts[], property: string): number {
  return events.reduce((sum, event) => {
    const value = own(event.properties, property)
    return typeof value === 'number' ? sum + value : sum
  }, 0)
}
