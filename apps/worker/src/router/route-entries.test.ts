import { describe, expect, it } from 'vitest'
import { eachTestWith } from '../testing/each-test.ts'
import { orderGraph, RoutingWorld, sketchGraph, type World, waitGraph } from '../testing/index.ts'

let rig: RoutingWorld
let world: World

eachTestWith(RoutingWorld.fresh, (fresh) => {
  rig = fresh
  world = fresh.world
})

const wait = waitGraph('1d')

describe('an event at an entry', () => {
  it('makes an enrollment, runs its first leg and asks for a delayed start', async () => {
    const { versionId } = await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', properties: { total: 77 } })
    const [launch] = await rig.route()
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
    expect(await rig.route()).toEqual([])
    const [enrollment] = await world.enrollments()
    expect(enrollment).toMatchObject({ status: 'completed', endReason: 'end', place: null })
    expect(await world.path(enrollment?.id ?? '')).toEqual(['start:next', 'mark:done', 'check:yes'])
    expect(await world.rows('select attributes from customers where id = $1', [customer])).toEqual([
      { attributes: { tier: 'gold', old: 1 } },
    ])
  })

  it('refuses by filter, by missing data and by the re-entry rule, each with its reason', async () => {
    const filter = { fact: 'event', params: { property: 'total' }, operator: 'greaterThan', value: 50 }
    await world.publish(waitGraph('1d', { filter }))
    const customer = await world.addCustomer()
    for (const properties of [{ total: 5 }, {}, { total: 70 }, { total: 80 }])
      await world.emit(customer, { name: 'order', properties })
    await rig.route()
    expect(await world.enrollments()).toHaveLength(1)
    expect(await rig.reasons()).toEqual(['entry_filter_false', 'entry_unknown_data', 'reentry_not_allowed'])
  })

  it('comes too late to let anybody in 30 days after it happened, unless a member loads it', async () => {
    await world.publish(wait)
    const customer = await world.addCustomer()
    const at = Date.now() - 31 * 86_400_000
    await world.emit(customer, { name: 'order', at })
    await world.emit(customer, { name: 'other', at })
    await rig.route()
    expect(await world.enrollments()).toEqual([])
    expect(await rig.reasons()).toEqual(['too_old'])
    const loaded = await world.emit(customer, { name: 'order', at: at + 1 })
    await world.rows('update events set import_id = gen_random_uuid() where id = $1', [loaded])
    const fresh = await world.emit(await world.addCustomer(), { name: 'order', at: at + 2 * 86_400_000 })
    await rig.route()
    expect(fresh).toBeGreaterThan(loaded)
    expect(await world.enrollments()).toHaveLength(2)
  })

  it('tells parallel enrollments apart by a property, and refuses an event without it', async () => {
    const graph = waitGraph('1d', { key: 'order_id' })
    await world.publish(graph)
    const customer = await world.addCustomer()
    for (const properties of [{ order_id: 'a' }, { order_id: 'b' }, { order_id: 'a' }, {}])
      await world.emit(customer, { name: 'order', properties })
    await rig.route()
    expect((await world.enrollments()).map(({ entryKey }) => entryKey).sort()).toEqual(['a', 'b'])
    expect(await rig.reasons()).toEqual(['reentry_not_allowed', 'entry_key_missing'])
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
      await rig.route()
      expect(await world.enrollments()).toHaveLength(expected)
    },
  )

  it('a split keeps customers in their share however often they enter', async () => {
    await world.publish({
      ...sketchGraph({
        start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'split' } },
        split: {
          kind: 'random_split',
          config: { shares: [0, 1, 2, 3].map((n) => ({ id: `s${n}`, label: '', share: 25 })) },
          next: {},
        },
      }),
      settings: { reentry: { mode: 'always' }, exitRules: [] },
    })
    const customer = await world.addCustomer()
    const at = Date.now() - 10_000
    for (let n = 0; n < 8; n++) await world.emit(customer, { name: 'order', at: at + n })
    await rig.route()
    const paths = await Promise.all((await world.enrollments()).map(({ id }) => world.path(id)))
    expect(paths).toHaveLength(8)
    expect(new Set(paths.flat()).size).toBe(2)
  })

  it('counts days of a re-entry rule from the last entry', async () => {
    const settings = {
      reentry: { mode: 'after_days', days: 10 },
      exitRules: [{ event: 'stop', reason: 'exit_rule' }],
    } as const
    await world.publish({ ...wait, settings: { ...settings, exitRules: [...settings.exitRules] } })
    const customer = await world.addCustomer()
    const day = 86_400_000
    const at = Date.now() - 29 * day
    for (const [name, days] of [
      ['order', 0],
      ['stop', 1],
      ['order', 9.9],
      ['order', 10],
    ] as const)
      await world.emit(customer, { name, at: at + days * day })
    await rig.route()
    expect(await world.enrollments()).toHaveLength(2)
    expect(await rig.reasons()).toEqual(['reentry_not_allowed'])
  })

  it('is refused while the journey is paused', async () => {
    const { journeyId } = await world.publish(wait)
    await world.rows(`update journeys set status = 'paused' where id = $1`, [journeyId])
    await world.emit(await world.addCustomer(), { name: 'order' })
    await rig.route()
    expect(await world.enrollments()).toEqual([])
    expect(await rig.reasons()).toEqual(['journey_paused'])
  })
})

describe('the plain shape', () => {
  it('leaves the first leg to the workflow and wakes without deciding', async () => {
    await world.publish(orderGraph(world.templateId))
    const customer = await world.addCustomer()
    await world.emit(customer, { name: 'order', at: Date.now() - 1_000, properties: { total: 1 } })
    expect(await rig.route(false)).toMatchObject([{ do: 'start', forMs: 0 }])
    const id = (await world.enrollments())[0]?.id ?? ''
    expect(await world.enrollments()).toMatchObject([{ place: null, waitingFor: 'start' }])
    expect((await rig.leg(id)).next.do).toBe('sleep')
    await world.emit(customer, { name: 'order' })
    expect(await rig.route(false)).toMatchObject([{ do: 'wake', enrollmentId: id }])
    expect(await world.path(id)).toEqual(['start:next'])
    expect((await rig.leg(id)).next.do).toBe('send')
  })
})
