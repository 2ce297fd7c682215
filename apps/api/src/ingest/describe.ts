import { type OpenAPIHono, z } from '@hono/zod-openapi'
import type { ApiEnv } from '../context.ts'
import { itemShape } from './item.ts'
import { limits } from './limits.ts'

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
  code: z.string().optional(),
  path: z.string().optional(),
  detail: z.object({ en: z.string(), ru: z.string() }).optional(),
})

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.object({ en: z.string(), ru: z.string() }),
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

const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } })
const failure = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problem } },
})

const answers = json(z.object({ items: z.array(answer) }))

const manyAnswers: Record<string, { description: string; content: typeof answers }> = {
  202: { description: 'Every item is durable', content: answers },
  207: { description: 'Some items were not taken', content: answers },
}

const oneAnswer: Record<string, { description: string; content: ReturnType<typeof json<typeof answer>> }> = {
  202: { description: 'Durable: stored now or before', content: json(answer) },
  409: { description: 'Another event has this message id', content: json(answer) },
  422: { description: 'Refused, with the reason', content: json(answer) },
}

const failures = {
  400: failure('Not readable as JSON, or a key twice in one object'),
  401: failure('No key, or an unknown one'),
  403: failure('This key may not do this'),
  413: failure('Too large'),
  415: failure('Not application/json, or an unknown encoding'),
  429: failure('Too much at once; see Retry-After'),
  503: failure('The database is away; nothing was stored; see Retry-After'),
}

/** Writes the event routes into the app's OpenAPI document. */
export function describeEventRoutes(app: OpenAPIHono<ApiEnv>): void {
  const registry = app.openAPIRegistry
  registry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'A write key (wk_…, public, anonymous visitors only) or a secret key (sk_…, servers only).',
  })
  for (const [name, summary] of Object.entries(summaries)) {
    const many = name === 'batch' || name === 'import'
    const body = many ? z.object({ batch: z.array(itemShape), sentAt }) : itemShape.extend({ sentAt })
    registry.registerPath({
      method: 'post',
      path: `/v1/${name}`,
      summary,
      tags: ['Events in'],
      security: [{ key: [] }],
      request: { body: { content: json(body), required: true } },
      responses: { ...(many ? manyAnswers : oneAnswer), ...failures },
    })
  }
}
