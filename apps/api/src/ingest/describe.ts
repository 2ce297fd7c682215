import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { ApiEnv } from '../context.ts'
import { Failure, type FailureCode, problemOf } from '../errors.ts'
import { itemShape } from './item.ts'
import { limits } from './limits.ts'
import { refusals } from './refusals.ts'

const text = z.object({ en: z.string(), ru: z.string() })

const answer = z.object({
  index: z.number().int(),
  messageId: z.string().nullable(),
  status: z.enum(['stored', 'duplicate', 'conflict', 'rejected']),
  derived: z
    .literal(true)
    .optional()
    .describe(
      'You sent no messageId, so this one was made from key and body. The same body is the same event: for good if it has a timestamp, else for at least ten minutes. Send a messageId to say yourself what is a repetition.',
    ),
  notes: z
    .array(z.object({ code: z.string(), path: z.string(), detail: text }))
    .optional()
    .describe('What was taken, but not for what it seems to be meant: an email that is no address, say.'),
  code: z.string().optional(),
  path: z.string().optional(),
  detail: text.optional(),
})

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: text,
  requestId: z.string(),
})

const sentAt = z.string().optional().describe('When the request left, by the sender’s clock (ISO 8601).')

const summaries = {
  track: 'Something a customer did',
  identify: 'Who a customer is, their attributes and consents',
  page: 'A page a visitor saw',
  screen: 'A screen a visitor saw in an app',
  group: 'The group a customer belongs to',
  alias: 'Two identities are one customer',
  batch: `Up to ${limits.batchItems} items, ${limits.bodyBytes / 1024} KB`,
  import: 'A batch of old events: kept as history, they start and wake nothing',
} as const

const order = {
  messageId: 'order-1001',
  userId: 'anna',
  event: 'order',
  properties: { total: 77, currency: 'USD' },
  timestamp: '2026-03-14T09:26:53Z',
}

/** One short body a route that would be taken as it stands. */
const examples: Record<keyof typeof summaries, object> = {
  track: order,
  identify: {
    messageId: 'anna-7',
    userId: 'anna',
    traits: { email: 'anna@example.com', first_name: 'Anna', timezone: 'Europe/Berlin' },
    consents: [{ channel: 'email', state: 'granted', source: 'sign-up form' }],
  },
  page: {
    messageId: 'page-52',
    anonymousId: 'visitor-9',
    name: 'Delivery',
    properties: { path: '/delivery' },
  },
  screen: { messageId: 'screen-53', anonymousId: 'visitor-9', name: 'Cart' },
  group: { messageId: 'group-3', userId: 'anna', groupId: 'wholesale', traits: { plan: 'yearly' } },
  alias: { messageId: 'alias-4', previousId: 'visitor-9', userId: 'anna' },
  batch: {
    batch: [
      { type: 'track', ...order, messageId: 'order-1002' },
      { type: 'identify', messageId: 'anna-8', userId: 'anna', traits: { city: 'Berlin' } },
    ],
  },
  import: { batch: [{ type: 'track', ...order, messageId: 'order-17', timestamp: '2019-05-02T12:00:00Z' }] },
}

const stored = { index: 0, messageId: 'order-1001', status: 'stored' }
const conflict = { index: 0, messageId: 'order-1001', status: 'conflict' }
const rejected = {
  index: 0,
  messageId: 'order-1001',
  status: 'rejected',
  code: 'name_missing',
  path: 'event',
  detail: refusals.name_missing,
}

const json = <S extends z.ZodType>(schema: S, example?: object) => ({
  'application/json': { schema, ...(example ? { example } : {}) },
})
const failure = (description: string, code: FailureCode) => ({
  description,
  content: {
    'application/problem+json': {
      schema: problem,
      example: problemOf(new Failure(code), '7c9e6679-7425-40de-944b-e07fc1f90ae7'),
    },
  },
})

const answers = (...items: object[]) => json(z.object({ items: z.array(answer) }), { items })

const manyAnswers: Record<string, { description: string; content: ReturnType<typeof answers> }> = {
  202: { description: 'Every item is durable', content: answers(stored) },
  207: { description: 'Some items were not taken', content: answers(stored, { ...rejected, index: 1 }) },
}

const oneAnswer: Record<string, { description: string; content: ReturnType<typeof json<typeof answer>> }> = {
  202: { description: 'Durable: stored now or before', content: json(answer, stored) },
  409: { description: 'Another event has this message id', content: json(answer, conflict) },
  422: { description: 'Refused, with the reason', content: json(answer, rejected) },
}

const failures = {
  400: failure('Not readable as JSON, or a key twice in one object', 'malformed_body'),
  401: failure('No key, or an unknown one', 'key_missing'),
  403: failure('This key may not do this', 'key_not_allowed'),
  413: failure('Too large', 'body_too_large'),
  415: failure('Not application/json, or an unknown encoding', 'wrong_media_type'),
  429: failure('Too much at once; see Retry-After', 'too_many_requests'),
  503: failure('The database is away; nothing was stored; see Retry-After', 'unavailable'),
}

/** Writes the event routes into the app's OpenAPI document. */
export function describeEventRoutes(app: OpenAPIHono<ApiEnv>): void {
  const registry = app.openAPIRegistry
  registry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'A write key (wk_…, public, anonymous visitors only) or a secret key (sk_…, servers only).',
  })
  for (const name of Object.keys(summaries) as (keyof typeof summaries)[]) {
    const summary = summaries[name]
    const many = name === 'batch' || name === 'import'
    const body = many ? z.object({ batch: z.array(itemShape), sentAt }) : itemShape.extend({ sentAt })
    registry.registerPath({
      method: 'post',
      path: `/v1/${name}`,
      summary,
      tags: ['Events in'],
      security: [{ key: [] }],
      request: { body: { content: json(body, examples[name]), required: true } },
      responses: { ...(many ? manyAnswers : oneAnswer), ...failures },
    })
  }
}
