import { describe, expect, test } from 'vitest'
import { buildEntry, buildPlan, day, newYear } from './build.ts'
import type { EventFacts } from './node.ts'
import type { Plan } from './plan.ts'
import { sampleKinds } from './sample-kinds.ts'
import { type Simulation, simulate, simulatedPort } from './simulate.ts'

const visit = (afterDays: number, properties = {}): EventFacts => ({
  id: `visit${afterDays}`,
  name: 'visit',
  occurredAt: newYear + afterDays * day,
  properties,
})

function run(plan: Plan, more: Partial<Simulation> = {}, events: EventFacts[] = [], attributes = {}) {
  const entry = buildEntry()
  return simulate({
    plan,
    kinds: sampleKinds,
    identity: { journeyId: 'j', customerId: 'c', entryKey: '' },
    customer: { attributes, consents: {}, events: [entry, ...events] },
    entry,
    entryNode: 'in',
    ...more,
  })
}

const listening = buildPlan(
  [
    'in start {"event":"order"}',
    'at hear {"event":"visit","within":"3d","filter":{"fact":"event","params":{"property":"page"},"operator":"equal","value":"home"}}',
  ],
  ['in.next at'],
)

describe('waiting for an event', () => {
  const outputAt = async (events: EventFacts[]) => {
    const { steps } = await run(listening, {}, events)
    return [steps[1]?.output, ((steps[1]?.leftAt ?? 0) - newYear) / day]
  }

  test('the first event that its filter lets through wins', async () => {
    expect(
      await outputAt([visit(1, { page: 'shop' }), visit(2, { page: 'home' }), visit(2.5, { page: 'home' })]),
    ).toEqual(['happened', 2])
  })
  test('an event at the very instant the time is up still counts', async () => {
    expect(await outputAt([visit(3, { page: 'home' })])).toEqual(['happened', 3])
  })
  test('one after it, one before the wait, one without the data of the filter and one of another name do not', async () => {
    const other = { ...visit(1, { page: 'home' }), name: 'call' }
    expect(
      await outputAt([visit(-1, { page: 'home' }), visit(1), other, visit(3.001, { page: 'home' })]),
    ).toEqual(['timed_out', 3])
  })
})

describe('an exit rule', () => {
  const leaving = {
    ...listening,
    settings: { ...listening.settings, exitRules: [{ event: 'call', reason: 'goal_reached' as const }] },
  }
  const endAt = async (events: EventFacts[]) => {
    const { end, steps } = await run(leaving, {}, events)
    return [end?.reason, ((steps.at(-1)?.leftAt ?? 0) - newYear) / day]
  }
  const call = (afterDays: number): EventFacts => ({ ...visit(afterDays), name: 'call' })

  test('ends the wait at its event, unless the awaited event or the end of the time comes first', async () => {
    expect(await endAt([call(1)])).toEqual(['goal_reached', 1])
    expect(await endAt([call(1), visit(2, { page: 'home' })])).toEqual(['goal_reached', 1])
    expect(await endAt([visit(1, { page: 'home' }), call(2)])).toEqual(['end', 1])
    expect(await endAt([call(4)])).toEqual(['end', 3])
  })
  test('hears nothing from before the entry', async () => {
    expect(await endAt([call(-1)])).toEqual(['end', 3])
  })
})

describe('passages that an entry tells apart by a property', () => {
  const keyed: Plan = {
    ...listening,
    entries: listening.entries.map((way) => ({ ...way, keyProperty: 'cart' })),
    settings: { ...listening.settings, exitRules: [{ event: 'bought', reason: 'goal_reached' }] },
  }
  const endOf = async (event: EventFacts) => {
    const entry = buildEntry({ cart: 1 })
    const customer = { attributes: {}, consents: {}, events: [entry, event] }
    const { end, steps } = await run(keyed, { entry, customer })
    return [end?.reason, steps.at(-1)?.output]
  }
  const bought = (properties: EventFacts['properties']) => ({ ...visit(1, properties), name: 'bought' })

  test('an exit rule ends the one whose value the event carries, and any by an event without it', async () => {
    expect(await endOf(bought({ cart: '1' }))).toEqual(['goal_reached', null])
    expect(await endOf(bought({ cart: 2 }))).toEqual(['end', 'timed_out'])
    expect(await endOf(bought({}))).toEqual(['goal_reached', null])
  })
  test('a wait hears no event of another value', async () => {
    expect(await endOf(visit(1, { page: 'home', cart: 1 }))).toEqual(['end', 'happened'])
    expect(await endOf(visit(1, { page: 'home', cart: 2 }))).toEqual(['end', 'timed_out'])
    expect(await endOf(visit(1, { page: 'home' }))).toEqual(['end', 'happened'])
  })
})

test('updates change what later nodes read, and never the customer that was given', async () => {
  const plan = buildPlan(
    [
      'in start {"event":"order"}',
      'set write {"name":"vip","value":true}',
      'drop write {"name":"city","value":null}',
      'if decide {"condition":{"all":[{"fact":"attribute","params":{"name":"vip"},"operator":"equal","value":true},{"fact":"attribute","params":{"name":"city"},"operator":"isNotSet"}]}}',
    ],
    ['in.next set', 'set.done drop', 'drop.done if'],
  )
  const attributes = { city: 'Tula' }
  const { steps } = await run(plan, {}, [], attributes)
  expect(steps.at(-1)).toMatchObject({ node: 'if', output: 'yes' })
  expect(attributes).toEqual({ city: 'Tula' })
})

test('a node that answered nothing yet has no answer, even if every object inherits one under its id', async () => {
  const plan = buildPlan(
    [
      'in start {"event":"order"}',
      'if decide {"condition":{"fact":"saved","params":{"node":"constructor","field":"name"},"operator":"isSet"}}',
    ],
    ['in.next if'],
  )
  const { steps } = await run(plan)
  expect(steps.at(-1)).toMatchObject({ node: 'if', output: 'no' })
})

test('it stops before anything later than `until`', async () => {
  const { steps, end, state } = await run(listening, { until: newYear + day })
  expect(steps).toHaveLength(1)
  expect(end).toBeNull()
  expect(state.pending).toMatchObject({ node: 'at', command: { do: 'listen' } })
})

test('a journey that goes round for ever stops after so many wake-ups', async () => {
  const plan = buildPlan(
    ['in start {"event":"order"}', 'at sleep {"for":"1d"}'],
    ['in.next at', 'at.next at'],
  )
  const { steps, end, state } = await run(plan, { maxWakeUps: 10 })
  expect(end).toBeNull()
  expect(steps).toHaveLength(10)
  expect(state.pending).toMatchObject({ node: 'at', visit: 10 })
})

test('a message is sent and a call is done unless told otherwise', async () => {
  const plan = buildPlan(
    ['in start {"event":"order"}', 'a mail {"template":"t"}', 'b ask {"action":"look"}'],
    ['in.next a', 'a.sent b'],
  )
  const outputs = async (more: Partial<Simulation>) =>
    (await run(plan, more)).steps.map(({ output }) => output)
  expect(await outputs({})).toEqual(['next', 'sent', 'done'])
  expect(await outputs({ outcome: () => ({ type: 'result', outcome: 'failed', reason: 'no' }) })).toEqual([
    'next',
    'failed',
    'failed',
  ])
})

test('the simulated customer answers like the real one: windows end now, missing is missing', async () => {
  const port = simulatedPort({
    attributes: { city: 'Tula' },
    consents: { email: false },
    events: [
      visit(0, { total: 1 }),
      visit(1, { total: 2 }),
      visit(2, { total: 'many' }),
      visit(3, { total: 8 }),
    ],
  })
  const read = async (fact: string, params: Record<string, string>) =>
    (await port.read({ fact, params }, newYear + 2 * day)).value
  expect(await read('attribute', { name: 'city' })).toBe('Tula')
  expect(await read('attribute', { name: 'toString' })).toBeUndefined()
  expect(await read('consent', { channel: 'email' })).toBe(false)
  expect(await read('consent', { channel: 'sms' })).toBeUndefined()
  expect(await read('event_count', { event: 'visit' })).toBe(3)
  expect(await read('event_count', { event: 'visit', within: '1d' })).toBe(1)
  expect(await read('event_sum', { event: 'visit', property: 'total' })).toBe(3)
  expect(await read('event_sum', { event: 'call', property: 'total' })).toBe(0)
  expect(await read('constructor', {})).toBeUndefined()
})
