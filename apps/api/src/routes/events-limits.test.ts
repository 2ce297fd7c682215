import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { item, openEvents, track } from '../testing/open-events.ts'

let events: Awaited<ReturnType<typeof openEvents>>
const post: typeof events.post = (...call) => events.post(...call)

beforeAll(async () => {
  events = await openEvents()
})
afterAll(() => events.stop())

const text = (length: number) => 'x'.repeat(length)
const deep = (levels: number): object => (levels === 1 ? {} : { a: deep(levels - 1) })
const keys = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, 1]))

/** An event of exactly so many bytes. */
function sized(bytes: number) {
  const properties = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`p${i}`, '']))
  const body = { event: 'order', userId: 'anna', messageId: `size${bytes}`, properties }
  let left = bytes - JSON.stringify(body).length
  for (const name of Object.keys(properties)) {
    const part = Math.min(left, 8_000)
    properties[name] = text(part)
    left -= part
  }
  return body
}

const edges: [string, (n: number) => object, number, string][] = [
  ['event of 32 KB', sized, 32 * 1024, 'event_too_large'],
  ['depth 10', (n) => track({ properties: deep(n - 1) }), 10, 'too_deep'],
  ['255 keys', (n) => track({ properties: keys(n) }), 255, 'too_many_keys'],
  ['string of 8 KB', (n) => track({ properties: { s: text(n) } }), 8 * 1024, 'string_too_long'],
  ['message id of 128', (n) => track({ messageId: text(n) }), 128, 'message_id_too_long'],
]

test.each(edges)('%s: one less and exactly pass, one more is refused', async (_, build, n, code) => {
  for (const size of [n - 1, n]) expect((await post('track', build(size))).status).toBe(202)
  const over = await post('track', build(n + 1))
  expect([over.status, over.body.code]).toEqual([422, code])
})

test('a batch of 500 passes, of 501 does not', async () => {
  const batch = (n: number) => ({ batch: Array.from({ length: n }, () => item()) })
  for (const n of [499, 500]) expect((await post('batch', batch(n))).status).toBe(202)
  const over = await post('batch', batch(501))
  expect([over.status, over.body.code]).toEqual([413, 'batch_too_long'])
})

test('a body of 500 KB passes, one byte more does not', async () => {
  const body = JSON.stringify({ batch: [item()] })
  const padded = (size: number) => `${body.slice(0, -1)}${' '.repeat(size - body.length)}}`
  for (const size of [512_000 - 1, 512_000]) expect((await post('batch', padded(size))).status).toBe(202)
  expect((await post('batch', padded(512_001))).status).toBe(413)
})

test('keys that reach into prototypes, NUL, half characters and endless numbers are refused per item', async () => {
  const bodies: [string, string][] = [
    ['{"__proto__":{"a":1}}', 'forbidden_key'],
    ['{"a":{"constructor":1}}', 'forbidden_key'],
    ['{"prototype":1}', 'forbidden_key'],
    ['{"a":"x\\u0000"}', 'text_not_storable'],
    ['{"a":"\\ud800"}', 'text_not_storable'],
    ['{"a\\u0000":1}', 'text_not_storable'],
    ['{"a":[1e400]}', 'number_too_large'],
    ['{"a":-1e999}', 'number_too_large'],
  ]
  for (const [properties, code] of bodies) {
    const { status, body } = await post('track', `{"event":"e","userId":"u","properties":${properties}}`)
    expect([status, body.code]).toEqual([422, code])
  }
})

test('an id that is a number is kept to the last digit or refused', async () => {
  const long = await post('track', '{"event":"e","userId":12345678901234567890}')
  expect([long.status, long.body.code, long.body.path]).toEqual([422, 'number_too_large', 'userId'])
  expect((await post('track', track({ userId: 42 }))).status).toBe(202)
})

test('what is not JSON, not UTF-8 or says a key twice is 400', async () => {
  expect((await post('track', '{"event":')).body.code).toBe('malformed_body')
  expect((await post('track', Buffer.from('{"event":"\xff"}', 'latin1'))).body.code).toBe('malformed_body')
  expect((await post('track', '{"event":"a","event":"b"}')).body.code).toBe('duplicate_json_key')
  expect((await post('track', '{"event":"a","\\u0065vent":"b"}')).body.code).toBe('duplicate_json_key')
  const apart = await post(
    'track',
    '{"event":"a","userId":"u","properties":{"event":"b","x":[{"a":1},{"a":2}]}}',
  )
  expect(apart.status).toBe(202)
})

test('gzip is taken, a bomb and other encodings are not', async () => {
  const gzip = { headers: { 'content-encoding': 'gzip' } }
  expect((await post('track', gzipSync(JSON.stringify(track())), gzip)).status).toBe(202)
  const bomb = gzipSync(Buffer.alloc(50_000_000, 32))
  expect((await post('track', bomb, gzip)).body.code).toBe('body_too_large')
  expect((await post('track', 'no gzip', gzip)).body.code).toBe('malformed_body')
  expect((await post('track', track(), { headers: { 'content-encoding': 'br' } })).status).toBe(415)
  expect((await post('track', track(), { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
})

test('whatever is sent gets an answer of ours, never an internal error', async () => {
  const names = fc.constantFrom(
    ...['type', 'event', 'name', 'userId', 'anonymousId', 'previousId', 'groupId', 'messageId', 'timestamp'],
    ...['properties', 'traits', 'context', 'consents', 'sentAt', 'email', 'phone', 'timezone', 'locale'],
  )
  const types = fc.constantFrom('track', 'identify', 'page', 'screen', 'group', 'alias', 'order', '', null)
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), types, fc.string({ unit: 'binary' }), fc.double())
  const thing = fc.oneof(fc.dictionary(names, fc.oneof(value, fc.dictionary(names, value))), value)
  const path = fc.constantFrom('track', 'identify', 'page', 'alias', 'group', 'batch', 'import')
  const body = fc.oneof(
    thing.map((one) => JSON.stringify(one) ?? ''),
    fc.array(thing, { maxLength: 5 }).map((batch) => JSON.stringify({ batch })),
    fc.string(),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  )
  await fc.assert(
    fc.asyncProperty(path, body, async (where, sent) => {
      const { status, body: answer } = await post(where, sent)
      expect([where, sent, status < 500, answer]).toEqual([where, sent, true, expect.anything()])
    }),
    { numRuns: 200 },
  )
}, 60_000)
