import { describe, expect, it } from 'vitest'
import { withApp } from './testing/with-app.ts'
import { type Answer, type AppUnderTest, caller, workspace } from './testing.ts'

let test: AppUnderTest
let shop: Awaited<ReturnType<typeof workspace>>
let key: string

withApp(async (opened) => {
  test = opened
  shop = await workspace(test)
  key = (await shop.members.owner.call('POST', shop.at('/keys'), { kind: 'secret', name: 'server' })).body.key
})

const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  caller(test.app, '').call('POST', path, body, { authorization: `Bearer ${key}`, origin: '', ...headers })
const member = (method: string, path: string, body?: unknown) =>
  shop.members.owner.call(method, shop.at(path), body)

async function count(table: string): Promise<number> {
  return (await test.deps.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n
}

/** A refusal in both languages that says more than its code. */
function expectClear({ status, body }: Answer, code: string, words: RegExp) {
  expect([status >= 400 && status < 500, body.code]).toEqual([true, code])
  expect(body.detail.en).toMatch(words)
  expect(body.detail.en).toMatch(/^[A-Z“].*\.$/)
  expect(body.detail.ru).toMatch(/^[А-ЯЁ«m].*[а-я].*\.$/)
}

const event = (rest: object = {}) => ({ type: 'track', event: 'order', userId: 'anna', ...rest })

describe('events that cannot be taken', () => {
  it('of 100 KB are refused with the limit, and the ones beside them are kept', async () => {
    const large = event({ messageId: 'large', properties: { letters: Array(13).fill('x'.repeat(8_000)) } })
    expectClear(await send('/v1/track', large), 'event_too_large', /32 KB/)
    const batch = await send('/v1/batch', { batch: [event({ messageId: 'small' }), large] })
    expect(batch.status).toBe(207)
    expect(batch.body.items.map(({ status }: { status: string }) => status)).toEqual(['stored', 'rejected'])
    expect(await count('events')).toBe(1)
  })

  it('in a batch of 10,000 are refused as a whole, and the answer says how many may come at once', async () => {
    const before = await count('events')
    const many = (rest: object) => ({ batch: Array.from({ length: 10_000 }, () => rest) })
    expectClear(
      await send('/v1/batch', many(event({ messageId: 'of some length' }))),
      'body_too_large',
      /500 KB.*500 events/,
    )
    expectClear(await send('/v1/batch', many(event())), 'batch_too_long', /500 items.*in parts/)
    expect(await count('events')).toBe(before)
  })

  it('with a wrong key, a wrong type or no events in them are told so', async () => {
    expectClear(await send('/v1/track', event(), { authorization: 'Bearer sk_no' }), 'key_wrong', /Settings/)
    expectClear(
      await send('/v1/track', 'event=order', { 'content-type': 'application/x-www-form-urlencoded' }),
      'wrong_media_type',
      /application\/json/,
    )
    expectClear(await send('/v1/track', '{"event": order}'), 'malformed_body', /not valid JSON/)
    expectClear(await send('/v1/track', [event()]), 'not_an_object', /object/)
    const noBatch = await send('/v1/batch', [event()])
    expectClear(noBatch, 'body_wrong', /issues/)
    expect(noBatch.body.issues).toEqual([{ path: 'batch', message: 'expected a list of events' }])
  })

  it('with an endless number or an id too long to keep are refused, not rounded', async () => {
    expectClear(
      await send('/v1/track', '{"event":"e","userId":"u","properties":{"total":1e400}}'),
      'number_too_large',
      /too large/,
    )
    expectClear(
      await send('/v1/track', '{"event":"e","userId":12345678901234567890}'),
      'number_too_large',
      /text/,
    )
  })
})

describe('what members send', () => {
  it('with an endless number is refused with its place', async () => {
    const answer = await member(
      'POST',
      '/customers',
      '{"identifiers":[{"type":"external_id","value":"x"}],"attributes":{"total":1e400}}',
    )
    expectClear(answer, 'body_wrong', /issues/)
    expect(answer.body.issues[0]).toMatchObject({
      path: 'attributes.total',
      message: expect.stringMatching(/too large/),
    })
    const graph = '{"nodes":[{"id":"a","kind":"wait","config":{"for":1e400}}],"edges":[]}'
    const draft = await member('POST', '/journeys', `{"name":"x","graph":${graph}}`)
    expect(draft.body.issues[0].path).toBe('graph.nodes.0.config.for')
  })

  it.each(['\\u0000', '\\ud800'])(
    'with %s in a text, which no database keeps, is refused with its place',
    async (sign) => {
      const value = `"Berlin${sign}"`
      const customer = await member(
        'POST',
        '/customers',
        `{"identifiers":[{"type":"external_id","value":"x"}],"attributes":{"city":${value}}}`,
      )
      expectClear(customer, 'body_wrong', /issues/)
      expect(customer.body.issues[0].path).toBe('attributes.city')
      const graph = `{"nodes":[{"id":"a","kind":"wait","config":{"for":${value}}}],"edges":[]}`
      const draft = await member('POST', '/journeys', `{"name":"x","graph":${graph}}`)
      expect([draft.status, draft.body.issues[0].path]).toEqual([422, 'graph.nodes.0.config.for'])
    },
  )

  it('nested without end is refused and breaks nothing', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const answer = await member('POST', '/journeys', `{"name":"x","graph":${deep}}`)
    expectClear(answer, 'body_wrong', /issues/)
    expect(answer.body.issues[0].message).toMatch(/100 levels/)
    expectClear(
      await send('/v1/track', `{"event":"e","userId":"u","properties":{"a":${deep}}}`),
      'too_deep',
      /10 levels/,
    )
  })

  it('with a loop in the graph is kept as a draft, told beside the block, and not published', async () => {
    const node = (id: string, kind: string, config: object) => ({ id, kind, name: id, config })
    const split = {
      shares: [
        { id: 'a', label: 'A', share: 50 },
        { id: 'b', label: 'B', share: 50 },
      ],
    }
    const graph = {
      nodes: [node('start', 'event_entry', { event: 'order' }), node('round', 'random_split', split)],
      edges: [
        { id: 'e1', from: 'start', output: 'next', to: 'round' },
        { id: 'e2', from: 'round', output: 'a', to: 'round' },
      ],
    }
    const made = await member('POST', '/journeys', { name: 'Round', graph })
    expect(made.status).toBe(201)
    const refused = await member('POST', `/journeys/${made.body.id}/publish`, { revision: 1 })
    expectClear(refused, 'draft_has_errors', /problems/)
    const loop = refused.body.problems.find(({ code }: { code: string }) => code === 'loop_without_wait')
    expect(loop).toMatchObject({
      nodeId: 'round',
      severity: 'error',
      text: { en: expect.stringMatching(/loop/) },
      fix: { en: expect.stringMatching(/wait/) },
    })
    expect((await member('GET', `/journeys/${made.body.id}`)).body).toMatchObject({
      status: 'draft',
      draft: { nodes: [{ id: 'start' }, { id: 'round' }] },
    })
  })

  it('larger than two megabytes, or addressed to nothing, is refused in words', async () => {
    expectClear(
      await member('POST', '/journeys', { name: 'x'.repeat(2_100_000) }),
      'body_too_large',
      /larger/,
    )
    expectClear(await member('GET', '/journeys/not-an-id'), 'not_found', /does not exist/)
    expectClear(await member('GET', '/journeys?limit=lots'), 'query_wrong', /issues/)
    expectClear(await member('GET', '/enrollments?version=99999999999'), 'query_wrong', /issues/)
  })

  it('as the place in a list is refused when no list ends there', async () => {
    const at = (when: string) => Buffer.from(JSON.stringify([when, 'x'])).toString('base64url')
    const wrong = [
      '2026-13-01 00:00:00',
      '2026-02-30 00:00:00',
      '2026-01-01 25:00:00',
      '2026-01-01 00:00:00+99',
      '0000-01-01 00:00:00',
    ]
    for (const list of ['customers', 'journeys', 'audit', 'mails', 'enrollments'])
      for (const when of wrong)
        expectClear(await member('GET', `/${list}?cursor=${at(when)}`), 'query_wrong', /issues/)
    expect((await member('GET', `/customers?cursor=${at('2024-02-29 23:59:59.999999+00')}`)).status).toBe(200)
  })

  it('as a revision that nothing can have is refused', async () => {
    const { body } = await member('POST', '/journeys', { name: 'Revised' })
    const graph = { nodes: [], edges: [] }
    const draft = await member('PUT', `/journeys/${body.id}/draft`, { revision: 2 ** 31, graph })
    expectClear(draft, 'graph_shape_wrong', /issues/)
    const publish = await member('POST', `/journeys/${body.id}/publish`, { revision: 2 ** 31 })
    expectClear(publish, 'body_wrong', /issues/)
  })

  it('of a customer is refused when it is no address, or a name that objects have already', async () => {
    const noAddress = await member('POST', '/customers', { identifiers: [{ type: 'email', value: 'anna' }] })
    expectClear(noAddress, 'body_wrong', /not an email address .* such as anna@example\.com/)
    expect(noAddress.body.issues[0].path).toBe('identifiers.0.value')
    const proto = await member(
      'POST',
      '/customers',
      '{"identifiers":[{"type":"external_id","value":"p"}],"attributes":{"__proto__":{"admin":true}}}',
    )
    expectClear(proto, 'body_wrong', /issues/)
    expect(proto.body.issues[0].path).toBe('attributes.__proto__')
  })

  it('with a NUL in the address leads nowhere', async () => {
    for (const path of ['/members/%00', '/journeys/%00', '/customers/%00/timeline'])
      expectClear(await member('GET', path), 'not_found', /does not exist/)
    for (const path of ['/api/w/%00/journeys', '/api/invitations/%00', '/u/%00'])
      expectClear(await shop.members.owner.call('GET', path), 'not_found', /does not exist/)
  })
})

describe('who signs in wrongly', () => {
  const signIn = (body: unknown, headers: Record<string, string> = {}) =>
    caller(test.app, '').call('POST', '/auth/sign-in/email', body, headers)

  it('is told why and what to do, in the language of the browser too', async () => {
    const wrong = await signIn({ email: 'x@example.test', password: 'a long password' })
    expect(wrong.status).toBe(401)
    expectClear(wrong, 'INVALID_EMAIL_OR_PASSWORD', /wrong\. Check both/)
    expect(wrong.body.message).toBe(wrong.body.detail.en)
    const russian = await signIn({ email: 'x', password: 'a long password' }, { 'accept-language': 'ru' })
    expectClear(russian, 'INVALID_EMAIL', /email address/)
    expect(russian.body.message).toBe(russian.body.detail.ru)
    expectClear(await signIn({ email: 5 }), 'VALIDATION_ERROR', /missing or wrong/)
    expectClear(await signIn('{'), 'BAD_REQUEST', /cannot be understood/)
  })
})
