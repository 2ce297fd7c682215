import { type Catalogue, compile, type EventFacts, graphSchema, simulate, validate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, test } from 'vitest'
import { expectGolden } from './compare.ts'
import { mainJourney } from './main-journey.ts'
import { printGraph, printPlan, printProblems, printTrace } from './print.ts'

const start = Date.UTC(1997, 0, 1)
const day = 86_400_000
const catalogue: Catalogue = {
  templates: ['offer', 'reminder', 'thanks'].map((id) => ({
    id,
    channel: 'email',
    name: id,
    variables: ['customer.name', 'event.total'],
  })),
  connections: [{ id: 'mailbox', channel: 'email', isDefault: true }],
  events: [{ name: 'order', properties: ['total', 'quantity'] }],
  attributes: [],
}

function order(afterDays: number, total?: number): EventFacts {
  return {
    id: `order-${afterDays}`,
    name: 'order',
    occurredAt: start + afterDays * day,
    properties: total === undefined ? {} : { total },
  }
}

async function trace(
  title: string,
  orders: EventFacts[],
  outcome: 'sent' | 'not_sent' = 'sent',
  untilDay = 365,
) {
  const [entry] = orders as [EventFacts]
  const simulated = await simulate({
    plan: compile(mainJourney, kinds),
    kinds,
    identity: { journeyId: 'journey', customerId: 'customer', entryKey: '' },
    customer: { attributes: {}, consents: {}, events: orders },
    entry,
    entryNode: 'ordered',
    outcome: () => ({
      type: 'result',
      outcome,
      ...(outcome === 'not_sent' ? { reason: 'consent_missing' } : {}),
    }),
    until: start + untilDay * day,
  })
  return printTrace(title, simulated, start)
}

test('the main journey can be published, and its plan and traces are as written down', async () => {
  expect(graphSchema.parse(mainJourney)).toEqual(mainJourney)
  const problems = validate(mainJourney, kinds, catalogue)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expectGolden('journeys/main.txt', [
    '# The main journey',
    '',
    ...printGraph(mainJourney),
    ...printProblems(problems),
    ...printPlan(mainJourney, kinds),
    ...(await trace('she ordered again after 17 days', [order(0, 29.33), order(17, 29.73)])),
    ...(await trace('she ordered again on the last instant of day 30', [order(0, 29.33), order(30, 12)])),
    ...(await trace('she ordered 77, then nothing for 30 days', [order(0, 77), order(31, 10)])),
    ...(await trace('she ordered exactly 50, then nothing', [order(0, 50)])),
    ...(await trace('nobody told us the total', [order(0)])),
    ...(await trace('she has not agreed to email', [order(0, 77)], 'not_sent')),
    ...(await trace('two orders on one day, nothing after', [
      order(0, 77),
      { ...order(0, 5), id: 'order-0b' },
    ])),
    ...(await trace('she is still waiting on day 5', [order(0, 77)], 'sent', 5)),
  ])
})
