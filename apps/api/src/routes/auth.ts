import { type Context, Hono } from 'hono'
import { clientAddressHeader, openAuthPaths } from '../auth.ts'
import { clientAddressOf } from '../client-address.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { sentenceOfEntrance } from '../failures/entrance.ts'
import { allowAnybody } from '../guard.ts'
import { languageOf } from '../language.ts'
import { createSignInLimit, signInRate } from '../sign-in-limit.ts'

const limit = createSignInLimit()

/** The doors of better-auth that are open to the outside; its answers go out as they are, refusals with a sentence. */
export const authRoutes = new Hono<ApiEnv>().on(['GET', 'POST'], '/auth/*', allowAnybody(), async (c) => {
  if (!openAuthPaths.has(c.req.path)) throw new Failure('not_found')
  const address = clientAddressOf(c)
  const answer = await (c.req.path === '/auth/sign-in/email' ? limited(c, address) : enter(c, address))
  return answer.status >= 400 && answer.status < 500 ? explained(c, answer) : answer
})

function enter(c: Context<ApiEnv>, address: string): Promise<Response> {
  const headers = new Headers(c.req.raw.headers)
  headers.set(clientAddressHeader, address)
  return c.var.deps.auth.handler(new Request(c.req.raw, { headers }))
}

/** Signs in, unless it failed too often for this account from this address. */
async function limited(c: Context<ApiEnv>, address: string): Promise<Response> {
  const told: unknown = await c.req.raw
    .clone()
    .json()
    .catch(() => null)
  const email = (told as { email?: unknown } | null)?.email
  const account = typeof email === 'string' ? email : ''
  if (!limit.take(account, address))
    return new Response('{}', { status: 429, headers: { 'retry-after': String(signInRate.seconds) } })
  const answer = await enter(c, address)
  if (answer.status !== 401) limit.giveBack(account, address)
  return answer
}

/** A refusal with the sentence in both languages; `message` is the one the caller's browser asks for. */
async function explained(c: Context<ApiEnv>, answer: Response): Promise<Response> {
  const told = (await answer.json().catch(() => ({}))) as { code?: string }
  const detail = sentenceOfEntrance(answer.status, told.code)
  const message = detail[languageOf(c.req.header('accept-language'))]
  const headers = new Headers(answer.headers)
  headers.delete('content-length')
  headers.set('content-type', 'application/json')
  const body = { ...told, message, detail, status: answer.status, requestId: c.var.requestId }
  return new Response(JSON.stringify(body), { status: answer.status, headers })
}
