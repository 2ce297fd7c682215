import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { createTropaClient, SendFailed } from './sender.ts'

let server: Server | undefined
afterEach(() => server?.close())

interface Batch {
  batch: { messageId: string; event: string }[]
}

/** An event API that answers as it is told, one answer per request. */
async function listen(answers: ((body: Batch) => [number, unknown])[]) {
  const bodies: Batch[] = []
  server = createServer((request, response) => {
    let text = ''
    request.on('data', (part) => {
      text += part
    })
    request.on('end', () => {
      const body = JSON.parse(text) as Batch
      const [status, told] = (answers[bodies.length] ?? stored)(body)
      bodies.push(body)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told))
    })
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies }
}

const stored = ({ batch }: Batch): [number, unknown] => [
  202,
  { items: batch.map((_, index) => ({ index, status: 'stored' })) },
]
const busy = (): [number, unknown] => [503, {}]

test('events given together go in one request, each with its own message id', async () => {
  const { url, bodies } = await listen([])
  const client = createTropaClient({ url, key: 'sk_x' })
  await Promise.all([1, 2, 3].map((n) => client.send({ type: 'track', event: `e${n}`, userId: 'u' })))
  expect(bodies).toHaveLength(1)
  expect(new Set(bodies[0]?.batch.map(({ messageId }) => messageId)).size).toBe(3)
})

test('a busy server is asked again with the same message ids', async () => {
  const { url, bodies } = await listen([busy, busy])
  const client = createTropaClient({ url, key: 'sk_x' })
  await client.send({ type: 'track', event: 'e', userId: 'u' })
  expect(bodies).toHaveLength(3)
  expect(new Set(bodies.map(({ batch }) => batch[0]?.messageId)).size).toBe(1)
})

test('a refused item fails alone, and a server that stays away fails with the events', async () => {
  const partly = (): [number, unknown] => [
    207,
    {
      items: [
        { index: 0, status: 'stored' },
        { index: 1, status: 'rejected', code: 'name_missing' },
      ],
    },
  ]
  const { url } = await listen([partly, busy, busy])
  const client = createTropaClient({ url, key: 'sk_x', retries: 1 })
  const both = await Promise.allSettled(
    [1, 2].map((n) => client.send({ type: 'track', event: `${n}`, userId: 'u' })),
  )
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  const lost = await client.send({ type: 'track', event: 'x', userId: 'u' }).catch((error: unknown) => error)
  expect(lost).toBeInstanceOf(SendFailed)
  expect((lost as SendFailed).items[0]?.event).toBe('x')
})
