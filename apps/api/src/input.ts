import type { Text } from '@tropa/journey'
import { validator } from 'hono/validator'
import { z } from 'zod'
import { type Breach, findBreach, type JsonLimits } from './breach.ts'
import { Failure, type FailureCode } from './errors.ts'

/** One thing wrong with what was sent: where, and what was expected. */
export interface Issue {
  path: string
  message: string
  /** What is wrong, for a program; a rule of our own may name it as `params.code` of its Zod issue. */
  code?: string
}

/** Zod's issues as they go into an answer; values are not repeated. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.slice(0, 50).map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: issue.message,
    ...(issue.code === 'custom' && typeof issue.params?.code === 'string' ? { code: issue.params.code } : {}),
  }))
}

/** Of what members send, only what cannot be kept is refused here; schemas say the rest. */
const limits: JsonLimits = {
  depth: 100,
  keys: Number.POSITIVE_INFINITY,
  stringLength: Number.POSITIVE_INFINITY,
  forbidden: new Set(['__proto__']),
}

const messages: Record<Breach['code'], string> = {
  text_not_storable: 'NUL and halves of characters are not allowed',
  number_too_large: 'This number is too large to be kept; send a smaller one, or text',
  too_deep: `Nested deeper than ${limits.depth} levels`,
  forbidden_key: 'This name cannot be used; choose another',
  too_many_keys: 'Too many names in one object',
  string_too_long: 'Too long a text',
}

/** Says more than the failure's own sentence about what is wrong, when it can. */
type Sentence = (issues: Issue[]) => Text | undefined

function parse<S extends z.ZodType>(
  schema: S,
  value: unknown,
  code: FailureCode,
  sentence: Sentence = () => undefined,
): z.output<S> {
  const breach = findBreach(value, limits)
  if (breach) throw new Failure(code, { issues: [{ path: breach.path, message: messages[breach.code] }] })
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = issuesOf(parsed.error)
  throw new Failure(code, { issues }, sentence(issues))
}

/** Takes a JSON body of a shape; anything else is refused with 415, 400 or 422. */
export function json<S extends z.ZodType>(schema: S, code: FailureCode = 'body_wrong', sentence?: Sentence) {
  return validator('json', (value, c): z.output<S> => {
    const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
    if (type !== 'application/json') throw new Failure('wrong_media_type')
    return parse(schema, value, code, sentence)
  })
}

/** Takes query parameters of a shape. */
export function query<S extends z.ZodType>(schema: S) {
  return validator('query', (value): z.output<S> => parse(schema, value, 'query_wrong'))
}

/** The revision of something that two members may edit at once: the one it was made from. */
export const revision = z.number().int().min(1).max(2_147_483_647)

/** The parameters of every list: how many, and where the last page ended. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** A position in a list, as text that callers only hand back. */
export function writeCursor(position: { at: string; id: string }): string {
  return Buffer.from(JSON.stringify([position.at, position.id])).toString('base64url')
}

const instantText =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[ T]([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?([+-](0\d|1[0-4])(:?[0-5]\d)?|Z)?$/

/** Whether the database can read an instant: also the 31st must be a day of its month. */
function isInstant(text: string): boolean {
  const [, year, month, day] = instantText.exec(text) ?? []
  return Number(year) > 0 && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
}

const cursorShape = z.tuple([z.string().refine(isInstant), z.string().max(120)])

/** Reads a position that `writeCursor` made; refuses anything else. */
export function readCursor(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null
  try {
    const [at, id] = cursorShape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { at, id }
  } catch {
    throw new Failure('query_wrong', { issues: [{ path: 'cursor', message: 'This cursor is not ours' }] })
  }
}

/** A page of rows that carry their position: cuts off the one row too many and says where to go on. */
export function pageOf<R extends { cursorAt: string; cursorId: string }, T>(
  rows: R[],
  limit: number,
  present: (row: R) => T,
): { items: T[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last
  return {
    items: shown.map(present),
    next: more ? writeCursor({ at: last.cursorAt, id: last.cursorId }) : null,
  }
}
