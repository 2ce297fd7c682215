import { describe, expect, it } from 'vitest'
import { entryToExit } from '../testing/graph.ts'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, caller, workspace } from '../testing.ts'

let test: AppUnderTest
let shop: Awaited<ReturnType<typeof workspace>>

withApp(async (opened) => {
  test = opened
  shop = await workspace(test, ['marketer'])
})

const graph = entryToExit('order')
const [entry, end] = graph.nodes
const [edge] = graph.edges

async function newJourney(draft: unknown = graph) {
  const made = await shop.members.marketer.call('POST', shop.at('/journeys'), {
    name: 'Win-back',
    graph: draft,
  })
  expect(made.status).toBe(201)
  return made.body.id as string
}

describe('drafts', () => {
  it('are saved over the revision they were made from, wrong ones too', async () => {
    const id = await newJourney()
    const wrong = { nodes: [{ ...entry, config: { event: '' } }], edges: [] }
    const saved = await shop.members.marketer.call('PUT', shop.at(`/journeys/${id}/draft`), {
      revision: 1,
      graph: wrong,
    })
    expect(saved.status).toBe(200)
    expect(saved.body.revision).toBe(2)
    expect(saved.body.problems).toContainEqual(
      expect.objectContaining({ code: 'field_missing', nodeId: 'start' }),
    )
  })

  it('that come without places are spread out, and so are versions frozen without', async () => {
    const placeless = ({ position: _, ...node }: { position: object }) => node
    const bare = { nodes: [placeless(entry), placeless(end)], edges: [edge] }
    const id = await newJourney(bare)
    const path = shop.at(`/journeys/${id}`)
    const read = async (of: string) => (await shop.members.marketer.call('GET', of)).body
    const places = (of: { nodes: (typeof entry)[] }) => of.nodes.map(({ position }) => position.x)
    expect(places((await read(path)).draft)).toEqual([0, 328])
    await shop.members.marketer.call('PUT', `${path}/draft`, { revision: 1, graph: bare })
    const stored = 'select draft as graph from journeys where id = $1'
    expect(places((await test.deps.pool.query(stored, [id])).rows[0].graph)).toEqual([0, 328])
    await shop.members.marketer.call('POST', `${path}/publish`, { revision: 2, note: '' })
    const piled = JSON.stringify({ ...bare, nodes: [entry, { ...end, position: entry.position }] })
    await test.deps.pool.query('update versions set graph = $2 where journey_id = $1', [id, piled])
    expect(places((await read(`${path}/versions/1`)).graph)).toEqual([0, 328])
  })

  it('made from a stale revision are refused with the present one, and nothing is lost', async () => {
    const id = await newJourney()
    const path = shop.at(`/journeys/${id}/draft`)
    await shop.members.marketer.call('PUT', path, { revision: 1, graph: { nodes: [entry], edges: [] } })
    const stale = await shop.members.owner.call('PUT', path, { revision: 1, graph })
    expect(stale.status).toBe(409)
    expect(stale.headers.get('content-type')).toContain('application/problem+json')
    expect(stale.body).toMatchObject({
      code: 'version_conflict',
      current: { revision: 2, updatedBy: 'marketer', graph: { edges: [] } },
      detail: { en: expect.any(String), ru: expect.any(String) },
    })
  })

  it('that are no graphs at all are refused with what is wrong', async () => {
    const id = await newJourney()
    const answer = await shop.members.marketer.call('PUT', shop.at(`/journeys/${id}/draft`), {
      revision: 1,
      graph: { nodes: 'many', edges: [] },
    })
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe('graph_shape_wrong')
    expect(answer.body.issues[0].path).toBe('graph.nodes')
  })
})

describe('publishing', () => {
  it('freezes the draft, opens its entries and tells what changed', async () => {
    const id = await newJourney()
    const first = await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/publish`), {
      revision: 1,
      note: 'go',
    })
    expect(first.status).toBe(201)
    expect(first.body.version.number).toBe(1)
    expect(first.body.receipt).toMatchObject({ entryEvents: ['order'], inside: 0, messages: 0 })
    const wait = { id: 'pause', kind: 'wait', name: 'Rest', config: { for: '2d' }, position: { x: 0, y: 90 } }
    const longer = {
      nodes: [entry, wait, end],
      edges: [
        { id: 'e1', from: 'start', output: 'next', to: 'pause' },
        { id: 'e2', from: 'pause', output: 'next', to: 'end' },
      ],
    }
    await shop.members.marketer.call('PUT', shop.at(`/journeys/${id}/draft`), { revision: 1, graph: longer })
    const check = await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/check`), {})
    expect(check.body.receipt.changes).toEqual([
      { en: 'Added “Rest”', ru: 'Добавлен блок «Rest»' },
      {
        en: 'Output “Next” of “Event” now leads to “Rest”',
        ru: 'Ветка «Дальше» блока «Событие» теперь ведёт к «Rest»',
      },
    ])
    const second = await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/publish`), {
      revision: 2,
    })
    expect(second.body.version.number).toBe(2)
    const versions = await shop.members.owner.call('GET', shop.at(`/journeys/${id}/versions`))
    expect(versions.body.items.map(({ number }: { number: number }) => number)).toEqual([2, 1])
    const entries = await test.deps.pool.query('select version_id from live_entries where journey_id = $1', [
      id,
    ])
    expect(entries.rows).toEqual([{ version_id: second.body.version.id }])
  })

  it('twice, by two members at once, makes one version', async () => {
    const id = await newJourney()
    const answers = await Promise.all(
      [shop.members.marketer, shop.members.owner, shop.members.marketer].map((member) =>
        member.call('POST', shop.at(`/journeys/${id}/publish`), { revision: 1 }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201])
    expect(new Set(answers.map(({ body }) => body.version.id)).size).toBe(1)
  })

  it('with nothing changed says so before and after, and makes no version', async () => {
    const id = await newJourney()
    const publish = () =>
      shop.members.marketer.call('POST', shop.at(`/journeys/${id}/publish`), { revision: 1 })
    const check = async () =>
      (await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/check`), {})).body.receipt
    expect(await check()).toMatchObject({ changed: true, changes: [{ en: 'The first version: 2 blocks' }] })
    const first = await publish()
    const nothing = {
      changed: false,
      changes: [
        {
          en: 'Nothing has changed since version 1, which is live',
          ru: 'С версии 1, которая сейчас работает, ничего не изменилось',
        },
      ],
    }
    expect(await check()).toMatchObject(nothing)
    const again = await publish()
    expect([again.status, again.body.version]).toEqual([200, first.body.version])
    expect(again.body.receipt).toMatchObject(nothing)
    const versions = await shop.members.owner.call('GET', shop.at(`/journeys/${id}/versions`))
    expect(versions.body.items).toHaveLength(1)
  })

  it('of a draft that only looks different says that customers see nothing of it', async () => {
    const id = await newJourney()
    await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/publish`), { revision: 1 })
    const moved = { nodes: [{ ...entry, position: { x: 40, y: 0 } }, end], edges: [edge] }
    await shop.members.marketer.call('PUT', shop.at(`/journeys/${id}/draft`), { revision: 1, graph: moved })
    const check = await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/check`), {})
    expect(check.body.receipt).toMatchObject({
      changed: true,
      changes: [{ en: expect.stringMatching(/^Only how the canvas looks/) }],
    })
  })

  it('is refused while the draft has errors, and nothing goes live', async () => {
    const id = await newJourney({ nodes: [end], edges: [] })
    const answer = await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/publish`), {
      revision: 1,
    })
    expect(answer.status).toBe(422)
    expect(answer.body.problems[0].code).toBe('no_entry')
    const journey = await shop.members.owner.call('GET', shop.at(`/journeys/${id}`))
    expect(journey.body).toMatchObject({ status: 'draft', liveVersion: null, hasUnpublishedChanges: true })
  })

  it('of a paused journey leaves it paused and says so', async () => {
    const id = await newJourney()
    await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/publish`), { revision: 1 })
    const paused = await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/pause`), {})
    expect(paused.body.status).toBe('paused')
    const again = await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/publish`), {
      revision: 1,
    })
    expect(again.body.receipt.changes.at(-1).en).toMatch(/stays paused/)
    const resumed = await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/resume`), {})
    expect(resumed.body.status).toBe('live')
  })

  it('can be undone: a version comes back as the draft', async () => {
    const id = await newJourney()
    await shop.members.marketer.call('POST', shop.at(`/journeys/${id}/publish`), { revision: 1 })
    await shop.members.marketer.call('PUT', shop.at(`/journeys/${id}/draft`), {
      revision: 1,
      graph: { nodes: [], edges: [] },
    })
    const restored = await shop.members.marketer.call(
      'POST',
      shop.at(`/journeys/${id}/versions/1/restore`),
      {},
    )
    expect(restored.body.revision).toBe(3)
    const journey = await shop.members.owner.call('GET', shop.at(`/journeys/${id}`))
    expect(journey.body.hasUnpublishedChanges).toBe(false)
  })
})

describe('requests', () => {
  it('from another origin change nothing', async () => {
    const answer = await shop.members.owner.call(
      'POST',
      shop.at('/journeys'),
      { name: 'x' },
      { origin: 'https://evil.example' },
    )
    expect(answer.body.code).toBe('wrong_origin')
  })

  it('of the wrong type are refused before they are read', async () => {
    const headers = { 'content-type': 'text/plain' }
    const answer = await shop.members.owner.call('POST', shop.at('/journeys'), '{"name":"x"}', headers)
    expect(answer.status).toBe(415)
    const broken = await shop.members.owner.call('POST', shop.at('/journeys'), '{"name":')
    expect(broken.body.code).toBe('malformed_body')
    const nul = await shop.members.owner.call('POST', shop.at('/journeys'), { name: 'a\u0000b' })
    expect(nul.status).toBe(422)
  })

  it('without a session are asked to sign in', async () => {
    const answer = await caller(test.app, '').call('GET', shop.at('/journeys'))
    expect(answer.status).toBe(401)
  })
})
