import { until as untilWithin } from '@tropa/worker/testing'
import { expect, it } from 'vitest'
import { fileForm } from '../testing/file-form.ts'
import { node } from '../testing/graph.ts'
import { publishJourney } from '../testing/publish-journey.ts'
import { withEngine } from '../testing/with-engine.ts'
import { type AppUnderTest, type Caller, workspace } from '../testing.ts'

let api: AppUnderTest
let owner: Caller
let at: (path: string) => string

withEngine(async (opened) => {
  api = opened
  const made = await workspace(api, ['owner'])
  owner = made.members.owner
  at = made.at
})

const get = async (path: string) => (await owner.call('GET', at(path))).body

const until = <T>(look: () => Promise<T | undefined | false>) => untilWithin(look, 30_000)

async function publishWait() {
  const again = { ...node('again', 'wait_event', { event: 'order', within: '30d' }), name: 'Again' }
  const graph = {
    nodes: [node('start', 'event_entry', { event: 'order' }), again, node('last', 'exit', { label: '' })],
    edges: [
      { id: 'a', from: 'start', output: 'next', to: 'again' },
      { id: 'b', from: 'again', output: 'happened', to: 'last' },
      { id: 'c', from: 'again', output: 'timed_out', to: 'last' },
    ],
  }
  await publishJourney(owner, at, { name: 'Second order', graph })
}

async function playPurchases(text: string, secondsPerDay: number): Promise<string> {
  const { body, headers } = fileForm(text, { name: 'log.txt', type: 'text/plain' })
  const { id } = (await owner.call('POST', at('/imports'), body, headers)).body
  const mapping = {
    event: { name: 'order' },
    customer: { column: 0, identifier: 'external_id' },
    time: { column: 2, format: 'YYYYMMDD', zone: 'UTC' },
    properties: [{ column: 4, name: 'total', type: 'number' }],
  }
  await owner.call('PATCH', at(`/imports/${id}`), { mapping, mode: 'compressed', secondsPerDay })
  const started = await owner.call('POST', at(`/imports/${id}/start`))
  expect(started.status).toBe(200)
  return id
}

it('shows a test run in the time of its own clock, and real time only beside it', async () => {
  await publishWait()
  const log = ['anna 1 19970101 1 77', 'anna 1 19970112 1 5', 'ben 1 19970120 1 9', 'carl 1 19970101 1 3']
  const importId = await playPurchases(log.join('\n'), 0.25)
  const waiting = await until(async () => (await get('/enrollments?status=active&node=again')).items[0])
  expect(waiting).toMatchObject({
    test: true,
    enteredAt: '1997-01-01T12:00:00.000Z',
    dueAt: '1997-01-31T12:00:00.000Z',
  })
  const shown = await get(`/enrollments/${waiting.id}`)
  expect(shown.pending).toMatchObject({ dueAt: '1997-01-31T12:00:00.000Z' })
  expect(new Date(shown.pending.realDueAt).getFullYear()).toBe(new Date().getFullYear())
  expect(shown.clock).toMatchObject({ importId, scale: 345_600 })
  expect(['running', 'behind']).toContain(shown.clock.state)
  expect(shown.clock.virtualNow.slice(0, 5)).toBe('1997-')

  const { journeyId } = waiting
  expect((await get(`/journeys/${journeyId}/counts`)).clock).toMatchObject({
    importId,
    fileName: expect.stringContaining('.'),
    scale: 345_600,
    virtualNow: expect.stringMatching(/^1997-/),
  })

  await owner.call('POST', at(`/imports/${importId}/pause`))
  expect((await get(`/journeys/${journeyId}/counts`)).clock.state).toBe('paused')
  expect((await get(`/enrollments/${waiting.id}`)).clock.state).toBe('paused')
  const people = (await get('/customers')).items as { externalId: string; eventsToCome: boolean }[]
  expect(people.find(({ externalId }) => externalId === 'ben')).toMatchObject({
    lastEventAt: null,
    eventsToCome: true,
  })
  expect(people.find(({ externalId }) => externalId === 'carl')).toMatchObject({ eventsToCome: false })
  await owner.call('POST', at(`/imports/${importId}/resume`))
  await until(async () => (await get(`/imports/${importId}`)).status === 'done')
  const [ended] = (await get(`/enrollments?customer=${shown.customerId}`)).items
  expect(ended).toMatchObject({ status: 'completed', dueAt: null, placeName: { en: 'Exit' } })
  const ofStatus = async (status: string) =>
    (await get(`/enrollments?customer=${shown.customerId}&status=${status}`)).items.length
  expect([await ofStatus('completed'), await ofStatus('exited')]).toEqual([1, 0])
  expect((await get(`/enrollments/${ended.id}`)).clock.state).toBe('ended')
  expect((await get(`/journeys/${journeyId}/counts`)).clock).toBeNull()
})

it('tells of the event that ends a wait where it moved the customer, not that it did not enter', async () => {
  const [anna] = (await get('/customers?search=anna')).items
  const lines = (await get(`/customers/${anna.id}/timeline`)).items as Record<string, string>[]
  const moved = lines.filter(({ what }) => what === 'moved')
  expect(moved).toMatchObject([
    { event: 'order', at: '1997-01-12T12:00:00.000Z', journeyName: 'Second order' },
  ])
  expect(lines.filter(({ type }) => type === 'rejection')).toEqual([])
  expect(lines.map(({ type, what }) => what ?? type)).toEqual(['ended', 'moved', 'event', 'entered', 'event'])
  const cursors = new Set<string>()
  for (let next = ''; ; ) {
    const page = await get(`/customers/${anna.id}/timeline?limit=1${next ? `&cursor=${next}` : ''}`)
    for (const { type, id } of page.items) cursors.add(`${type} ${id}`)
    if (page.next === null) break
    next = page.next
  }
  expect(cursors.size).toBe(lines.length)
})

it('still says that a customer who was here does not enter again', async () => {
  const key = await owner.call('POST', at('/keys'), { kind: 'secret', name: 'test' })
  const track = async (event: object) => {
    const headers = { authorization: `Bearer ${key.body.key}`, origin: '' }
    await owner.call('POST', '/v1/track', { userId: 'dora', event: 'order', ...event }, headers)
  }
  await track({ messageId: 'd1' })
  await track({ messageId: 'd2' })
  await track({ messageId: 'd3' })
  const dora = await until(async () => (await get('/customers?search=dora')).items[0])
  const refused = await until(async () => {
    const { items } = await get(`/customers/${dora.id}/timeline?type=rejection`)
    return items.length > 0 && items
  })
  expect(refused).toMatchObject([{ reason: 'reentry_not_allowed', test: false }])
})
