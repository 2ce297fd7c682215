import { openDatabase } from '@tropa/db'
import { mergeCustomers } from '@tropa/db/merges'
import { messageFacts } from '@tropa/db/messages'
import { takeEvents } from '@tropa/db/outbox'
import { inTransaction } from '@tropa/db/statement'
import { stepsOf } from '@tropa/db/steps'
import { chainHashes } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { runLeg } from '../enrollment/leg.ts'
import { PlanShelf } from '../enrollment/plan-shelf.ts'
import type { Launch } from '../launcher.ts'
import { orderGraph, sketchGraph, World } from '../testing/index.ts'
import { routeEvents } from './route.ts'

let database: TestDatabase
let world: World
const deps = { plans: new PlanShelf(), kinds }
const all = Array.from({ length: 64 }, (_, n) => n)

async function route(legsInRouter = true): Promise<Launch[]> {
  return inTransaction(world.pool, async (tx) =>
    routeEvents({ ...deps, legsInRouter }, tx, await takeEvents(tx, all, 50)),
  )
}

const leg = (id: string) => inTransaction(world.pool, (tx) => runLeg(deps, tx, id))
const reasons = async () =>
  (await world.rows<{ reason: string }>('select reason from rejections order by at, event_id')).map(
    ({ reason }) => reason,
  )

beforeAll(async () => {
  database = await createDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  if (world) {
    await world.rows(
      'truncate events, outbox, live_entries, enrollments, steps, waits, rejections, entry_slots, messages, requests',
    )
    await world.close()
  }
  world = await World.build(database.url)
})
afterAll(() => world.close())

const wait = sketchGraph({
  start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'pause' } },
  pause: { kind: 'wait', config: { for: '1d' } },
})

describe('an event at an entry', () => {
  it('makes an enrollment, runs its first leg and asks for a delayed start', async () => {
    const { versionId } = await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 77 } })
    const [launch] = await route()
    const [enrollment] = await world.enrollments()
    expect(enrollment).toMatchObject({
      status: 'active',
      place: 'next_order',
      waitingFor: 'event',
      started: false,
    })
    expect(launch).toMatchObject({ do: 'start', enrollmentId: enrollment?.id })
    expect((launch as { forMs: number }).forMs).toBeGreaterThan(29.99 * 86_400_000)
    expect(await world.path(enrollment?.id ?? '')).toEqual(['start:next'])
    expect(await world.rows('select event, status from waits')).toEqual([{ event: 'order', status: 'open' }])
    expect(
      await world.rows(
        'select node, output, sum(n)::int n from count_deltas where version_id = $1 group by 1, 2 order by 1, 2',
        [versionId],
      ),
    ).toEqual([
      { node: 'next_order', output: '', n: 1 },
      { node: 'start', output: '', n: 1 },
      { node: 'start', output: 'next', n: 1 },
    ])
    expect(await world.rows('select * from outbox')).toEqual([])
  })

  it('ends at once, without a workflow, when nothing takes time', async () => {
    await world.publish(
      sketchGraph({
        start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'mark' } },
        mark: {
          kind: 'update_customer',
          config: { changes: [{ attribute: 'tier', value: 'gold' }] },
          next: { done: 'check' },
        },
        check: {
          kind: 'condition',
          config: {
            cases: [
              {
                id: 'yes',
                label: '',
                condition: { fact: 'attribute', params: { name: 'tier' }, operator: 'equal', value: 'gold' },
              },
            ],
          },
        },
      }),
    )
    const customer = await world.addCustomer({ attributes: { tier: 'tin', old: 1 } })
    await world.emit(customer, { name: 'order' })
    expect(await route()).toEqual([])
    const [enrollment] = await world.enrollments()
    expect(enrollment).toMatchObject({ status: 'completed', endReason: 'end', place: null })
    expect(await world.path(enrollment?.id ?? '')).toEqual(['start:next', 'mark:done', 'check:yes'])
    expect(await world.rows('select attributes from customers where id = $1', [customer])).toEqual([
      { attributes: { tier: 'gold', old: 1 } },
    ])
  })

  it('refuses by filter, by missing data and by the re-entry rule, each with its reason', async () => {
    const filter = { fact: 'event', params: { property: 'total' }, operator: 'greaterThan', value: 50 }
    await world.publish(
      sketchGraph({
        start: { kind: 'event_entry', config: { event: 'order', filter }, next: { next: 'pause' } },
        pause: { kind: 'wait', config: { for: '1d' } },
      }),
    )
    const customer = await world.addCustomer()
    for (const properties of [{ total: 5 }, {}, { total: 70 }, { total: 80 }])
      await world.emit(customer, { name: 'order', properties })
    await route()
    expect(await world.enrollments()).toHaveLength(1)
    expect(await reasons()).toEqual(['entry_filter_false', 'entry_unknown_data', 'reentry_not_allowed'])
  })

  it('tells parallel enrollments apart by a property, and refuses an event without it', async () => {
    const graph = sketchGraph({
      start: { kind: 'event_entry', config: { event: 'order', key: 'order_id' }, next: { next: 'pause' } },
      pause: { kind: 'wait', config: { for: '1d' } },
    })
    await world.publish(graph)
    const customer = await world.addCustomer()
    for (const properties of [{ order_id: 'a' }, { order_id: 'b' }, { order_id: 'a' }, {}])
      await world.emit(customer, { name: 'order', properties })
    await route()
    expect((await world.enrollments()).map(({ entryKey }) => entryKey).sort()).toEqual(['a', 'b'])
    expect(await reasons()).toEqual(['reentry_not_allowed', 'entry_unknown_data'])
  })

  it.each([
    ['never', 1],
    ['after_exit', 2],
    ['always', 3],
  ] as const)(
    'with re-entry %s lets three orders make %i enrollments when one ended between',
    async (mode, expected) => {
      await world.publish({
        ...wait,
        settings: { reentry: { mode }, exitRules: [{ event: 'stop', reason: 'exit_rule' }] },
      })
      const customer = await world.addCustomer()
      const at = Date.now() - 10_000
      await world.emit(customer, { name: 'order', at })
      await world.emit(customer, { name: 'order', at: at + 1 })
      await world.emit(customer, { name: 'stop', at: at + 2 })
      await world.emit(customer, { name: 'order', at: at + 3 })
      await route()
      expect(await world.enrollments()).toHaveLength(expected)
    },
  )

  it('counts days of a re-entry rule from the last entry', async () => {
    const settings = {
      reentry: { mode: 'after_days', days: 10 },
      exitRules: [{ event: 'stop', reason: 'exit_rule' }],
    } as const
    await world.publish({ ...wait, settings: { ...settings, exitRules: [...settings.exitRules] } })
    const customer = await world.addCustomer()
    const day = 86_400_000
    const at = Date.now() - 30 * day
    for (const [name, days] of [
      ['order', 0],
      ['stop', 1],
      ['order', 9.9],
      ['order', 10],
    ] as const)
      await world.emit(customer, { name, at: at + days * day })
    await route()
    expect(await world.enrollments()).toHaveLength(2)
    expect(await reasons()).toEqual(['reentry_not_allowed'])
  })

  it('is refused while the journey is paused', async () => {
    const { journeyId } = await world.publish(wait)
    await world.rows(`update journeys set status = 'paused' where id = $1`, [journeyId])
    await world.emit(await world.addCustomer(), { name: 'order' })
    await route()
    expect(await world.enrollments()).toEqual([])
    expect(await reasons()).toEqual(['journey_paused'])
  })
})

describe('an event for somebody who waits', () => {
  it('ends the wait, plans the message and wakes the workflow', async () => {
    await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 10 }, at: Date.now() - 2_000 })
    await route()
    await world.rows('update enrollments set started_at = now()')
    const second = await world.emit(customer, { name: 'order', properties: { total: 20 } })
    const [enrollment] = await world.enrollments()
    const id = enrollment?.id ?? ''
    expect(await route()).toEqual([
      { do: 'wake', started: true, workspaceId: world.workspaceId, enrollmentId: id },
    ])
    expect(await world.path(id)).toEqual(['start:next', 'next_order:happened'])
    expect(await world.rows('select status, matched_event_id::int from waits')).toEqual([
      { status: 'matched', matched_event_id: second },
    ])
    expect(await world.rows('select node, status from messages')).toEqual([
      { node: 'thanks', status: 'planned' },
    ])
    expect(await reasons()).toEqual(['reentry_not_allowed'])
  })

  it('is found by the look back when it was stored before the wait opened', async () => {
    await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    const at = Date.now() - 60_000
    await world.emit(customer, { name: 'order', properties: { total: 10 }, at })
    await world.emit(customer, { name: 'order', properties: { total: 20 }, at: at + 1_000 })
    const launches = await route()
    expect(launches).toMatchObject([{ do: 'wake', started: false }])
    const [enrollment] = await world.enrollments()
    expect(await world.path(enrollment?.id ?? '')).toEqual(['start:next', 'next_order:happened'])
    expect(await world.rows('select status from waits')).toEqual([{ status: 'matched' }])
  })

  it('wins against a timer that is due when both are there', async () => {
    await world.publish(orderGraph(world.templateId, '1m'))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 10 } })
    await route()
    const [enrollment] = await world.enrollments()
    const id = enrollment?.id ?? ''
    await shift(id, 120_000)
    await world.rows(
      `insert into events (workspace_id, customer_id, message_id, name, occurred_at, source, body_hash)
       values ($1, $2, 'late', 'order', now() - interval '90 seconds', 'api', '')`,
      [world.workspaceId, customer],
    )
    expect((await leg(id)).next.do).toBe('send')
    expect(await world.path(id)).toEqual(['start:next', 'next_order:happened'])
  })

  it('times out when none came, chooses by the entry event, and a second leg changes nothing', async () => {
    await world.publish(orderGraph(world.templateId, '1m'))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 77 } })
    await route()
    const id = (await world.enrollments())[0]?.id ?? ''
    expect((await leg(id)).next).toMatchObject({ do: 'sleep' })
    await shift(id, 61_000)
    const first = await leg(id)
    expect(first.next.do).toBe('send')
    expect(await leg(id)).toMatchObject({ next: first.next, moved: false })
    expect(await world.path(id)).toEqual(['start:next', 'next_order:timed_out', 'size:yes'])
    expect(await world.rows('select status from waits')).toEqual([{ status: 'timed_out' }])
    expect(await world.rows('select node from messages')).toEqual([{ node: 'large' }])
  })

  it('does not wake by an event that the filter refuses, nor by one of a compressed run', async () => {
    const filter = { fact: 'event', params: { property: 'total' }, operator: 'greaterThan', value: 50 }
    await world.publish(
      sketchGraph({
        start: { kind: 'event_entry', config: { event: 'begin' }, next: { next: 'hear' } },
        hear: { kind: 'wait_event', config: { event: 'order', within: '1d', filter } },
      }),
    )
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'begin', at: Date.now() - 1_000 })
    await route()
    await world.emit(customer, { name: 'order', properties: { total: 5 } })
    const clockId = await addClock()
    await world.emit(customer, { name: 'order', properties: { total: 500 }, clockId })
    expect(await route()).toEqual([])
    expect(await world.rows('select status from waits')).toEqual([{ status: 'open' }])
  })
})

describe('somebody who was merged into another customer', () => {
  it('goes on with the events, the address and the consent of that customer', async () => {
    await world.publish(orderGraph(world.templateId))
    const [loser, survivor] = [
      await world.addCustomer(),
      await world.addCustomer({ email: 'kept@example.test' }),
    ]
    await world.emit(loser, { name: 'order', properties: { total: 10 }, at: Date.now() - 2_000 })
    await route()
    const { db, close } = openDatabase(database.url)
    await db.transaction((tx) => mergeCustomers(tx, world.workspaceId, { loser, survivor }))
    await close()
    await world.emit(survivor, { name: 'order', properties: { total: 20 } })
    await route()
    const mine = (await world.enrollments()).find(({ customerId }) => customerId === loser)
    expect(await world.path(mine?.id ?? '')).toEqual(['start:next', 'next_order:happened'])
    const [message] = await world.rows<{ id: string }>('select id from messages where customer_id = $1', [
      loser,
    ])
    const [facts] = await messageFacts(world.pool, message?.id ?? '')
    expect(facts).toMatchObject({ personId: survivor })
    expect([facts?.email, facts?.consents.length]).toEqual(['kept@example.test', 1])
  })
})

describe('leaving', () => {
  it('happens at once by an exit rule and frees the slot', async () => {
    await world.publish({
      ...wait,
      settings: { reentry: { mode: 'never' }, exitRules: [{ event: 'stop', reason: 'goal_reached' }] },
    })
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', at: Date.now() - 1_000 })
    await route()
    await world.rows('update enrollments set started_at = now()')
    await world.emit(customer, { name: 'stop' })
    expect(await route()).toMatchObject([{ do: 'finish' }])
    expect(await world.enrollments()).toMatchObject([{ status: 'completed', endReason: 'goal_reached' }])
    expect(await world.rows('select ended_at is not null as ended from entry_slots')).toEqual([
      { ended: true },
    ])
  })

  it('happens on a member’s request, and a skip ends only the visit it was asked at', async () => {
    await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 1 } })
    await route()
    const id = (await world.enrollments())[0]?.id ?? ''
    const ask = (kind: string, seq: number) =>
      world.rows(
        `insert into requests (workspace_id, enrollment_id, kind, seq, member_id, reason) values ($1, $2, $3, $4, 'm', 'why')`,
        [world.workspaceId, id, kind, seq],
      )
    await ask('skip', 1)
    expect(await leg(id)).toMatchObject({ moved: false })
    await ask('skip', 2)
    expect((await leg(id)).next.do).toBe('send')
    await ask('remove', 4)
    expect((await leg(id)).next.do).toBe('end')
    expect(await world.path(id)).toEqual(['start:next', 'next_order:timed_out', 'size:else', 'small:-'])
    expect(await world.enrollments()).toMatchObject([{ status: 'removed', endReason: 'removed_by_member' }])
    expect(await world.rows('select count(*)::int as n from requests where applied_at is null')).toEqual([
      { n: 0 },
    ])
  })
})

describe('the plain shape', () => {
  it('leaves the first leg to the workflow and wakes without deciding', async () => {
    await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', at: Date.now() - 1_000, properties: { total: 1 } })
    expect(await route(false)).toMatchObject([{ do: 'start', forMs: 0 }])
    const id = (await world.enrollments())[0]?.id ?? ''
    expect(await world.enrollments()).toMatchObject([{ place: null, waitingFor: 'start' }])
    expect((await leg(id)).next.do).toBe('sleep')
    await world.emit(customer, { name: 'order' })
    expect(await route(false)).toMatchObject([{ do: 'wake', enrollmentId: id }])
    expect(await world.path(id)).toEqual(['start:next'])
    expect((await leg(id)).next.do).toBe('send')
  })
})

describe('the record', () => {
  it('is a chain of hashes over the steps as they were read back', async () => {
    await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 10 }, at: Date.now() - 2_000 })
    await world.emit(customer, { name: 'order', properties: { total: 20 }, at: Date.now() - 1_000 })
    await route()
    const [enrollment] = await world.enrollments()
    const stored = await stepsOf(world.pool, enrollment?.id ?? '')
    expect(stored.length).toBe(2)
    const steps = stored.map(({ hash: _, ...step }) => step)
    expect(chainHashes(steps, enrollment?.salt ?? '')).toEqual(stored.map(({ hash }) => hash))
  })
})

async function addClock(): Promise<string> {
  const [row] = await world.rows<{ id: string }>(
    `insert into clocks (workspace_id, import_id, real_start, virtual_start, scale, fed_until)
     values ($1, gen_random_uuid(), now(), now(), 1000, now()) returning id`,
    [world.workspaceId],
  )
  return row?.id ?? ''
}

/** Makes an enrollment and its ears older, as if so much time had passed. */
async function shift(id: string, ms: number): Promise<void> {
  await world.rows(
    `update enrollments set state = jsonb_set(jsonb_set(jsonb_set(state,
       '{pending,command,until}', to_jsonb((state #>> '{pending,command,until}')::float8 - $2)),
       '{pending,enteredAt}', to_jsonb((state #>> '{pending,enteredAt}')::float8 - $2)),
       '{pending,since}', to_jsonb((state #>> '{pending,since}')::float8 - $2)) where id = $1`,
    [id, ms],
  )
}
