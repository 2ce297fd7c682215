import { lastingKeyOf } from '@tropa/db/entry-key'
import { stepsOf } from '@tropa/db/steps'
import {
  canonicalJson,
  type EventFacts,
  type Graph,
  type Input,
  type Plan,
  type SimulatedCustomer,
  type Step,
  simulate,
} from '@tropa/journey'
import { arbitraryCustomer, arbitraryGraph } from '@tropa/journey/testing'
import { kinds } from '@tropa/nodes'
import type { World } from '@tropa/worker/testing'
import fc from 'fast-check'
import { realParts } from './parts.ts'

export const horizonMs = 45 * 86_400_000

/** A random journey and somebody to walk through it. */
export interface Case {
  graph: Graph
  customer: SimulatedCustomer
  entry: EventFacts
}

/** In every third case an exit rule names an event that happens within the first days, where there is one. */
function withExit(one: Case, index: number): Case {
  const { entry, customer, graph } = one
  const soon = customer.events.find(
    ({ id, occurredAt }) =>
      id !== entry.id && occurredAt > entry.occurredAt && occurredAt <= entry.occurredAt + horizonMs,
  )
  if (index % 3 > 0 || !soon) return one
  const exitRules = [{ event: soon.name, reason: 'exit_rule' as const }]
  return { ...one, graph: { ...graph, settings: { ...graph.settings, exitRules } } }
}

/** The same cases for the same seed. */
export function sampleCases(templateId: string, count: number, seed: number): Case[] {
  const graphs = arbitraryGraph(kinds, realParts(templateId))
  const cases = graphs.chain((graph) =>
    arbitraryCustomer(String(graph.nodes[0]?.config.event)).map((made) => ({ graph, ...made })),
  )
  return fc.sample(cases, { numRuns: count, seed }).map(withExit)
}

/** A case as it was put into the database. */
export interface Planted {
  plan: Plan
  journeyId: string
  customerId: string
  simulated: SimulatedCustomer
  entry: EventFacts
}

/**
 * Publishes the journey and stores the customer's events under a test clock; those before the entry are history.
 * `routed` must route what is in the outbox: after it the journey is closed again, so that cases do not mix.
 */
export async function plant(
  world: World,
  one: Case,
  clockId: string,
  routed: () => Promise<unknown>,
): Promise<Planted> {
  const { attributes, consents, events } = one.customer
  const consent = consents.email === undefined ? null : consents.email ? 'granted' : 'revoked'
  const customerId = await world.addCustomer({ attributes, consent })
  const { plan, journeyId } = await world.publish(one.graph)
  const stored: EventFacts[] = []
  let entry: EventFacts | undefined
  for (const event of events.filter(({ occurredAt }) => occurredAt <= one.entry.occurredAt + horizonMs)) {
    const isEntry = event.id === one.entry.id
    const properties = JSON.parse(JSON.stringify(event.properties))
    const id = await world.emit(customerId, {
      name: event.name,
      properties,
      at: event.occurredAt,
      clockId,
      history: !entry && !isEntry,
    })
    const facts = { id: String(id), name: event.name, occurredAt: event.occurredAt, properties }
    stored.push(facts)
    if (isEntry) entry = facts
  }
  if (!entry) throw new Error('A case without its entry event')
  await routed()
  await world.rows('delete from live_entries')
  const simulated = { attributes: JSON.parse(JSON.stringify(attributes)), consents, events: stored }
  return { plan, journeyId, customerId, simulated, entry }
}

/** What is compared: steps without the day of a consent, which the simulator does not know. */
export function comparable(steps: Step[]): string[] {
  return steps.map((step) =>
    canonicalJson({
      ...step,
      reads: step.reads.map((read) => ({ ...read, source: read.source.replace(/^consent .*/, 'consent') })),
    }),
  )
}

/** Walks the planted case in the simulator, with each message ending as it really ended. */
export async function simulated(
  world: World,
  planted: Planted,
  enrollment: { id: string; entryKey: string },
): Promise<Step[]> {
  const messages = await world.rows<{ id: string; status: string; reason: string | null }>(
    'select id, status, reason from messages where enrollment_id = $1 order by seq',
    [enrollment.id],
  )
  const outcome = (): Extract<Input, { type: 'result' }> => {
    const message = messages.shift()
    if (!message) throw new Error('The simulator sends what the engine did not')
    const ended =
      message.status === 'accepted' ? 'sent' : message.status === 'not_sent' ? 'not_sent' : 'failed'
    const reason = message.reason === null ? {} : { reason: message.reason }
    return { type: 'result', outcome: ended, answer: { message_id: message.id }, ...reason }
  }
  const { plan, journeyId, customerId, entry } = planted
  const walk = await simulate({
    plan,
    kinds,
    identity: { journeyId, customerId, entryKey: lastingKeyOf(enrollment.entryKey) },
    customer: planted.simulated,
    entry,
    entryNode: plan.entries[0]?.node ?? '',
    outcome,
    until: entry.occurredAt + horizonMs,
  })
  return walk.steps
}

/** The steps of an enrollment as the engine recorded them. */
export async function recorded(world: World, enrollmentId: string): Promise<Step[]> {
  return (await stepsOf(world.pool, enrollmentId)).map(({ hash: _hash, ...step }) => step)
}
