import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { clientAddressHeader, openAuthPaths } from '../auth.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { sentenceOfEntrance } from '../failures/entrance.ts'
import { allowAnybody } from '../guard.ts'
import { languageOf } from '../language.ts'

/** The doors of better-auth that are open to the outside; its answers go out as they are, refusals with a sentence. */
export const authRoutes = new Hono<ApiEnv>().on(['GET', 'POST'], '/auth/*', allowAnybody(), async (c) => {
  if (!openAuthPaths.has(c.req.path)) throw new Failure('not_found')
  const headers = new Headers(c.req.raw.headers)
  headers.set(clientAddressHeader, addressOf(c))
  const answer = await c.var.deps.auth.handler(new Request(c.req.raw, { headers }))
  return answer.status >= 400 && answer.status < 500 ? explained(c, answer) : answer
})

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

/** Where the request came from, for the limit on sign-in attempts; in-process calls have no address. */
function addressOf(c: Context<ApiEnv>): string {
  const hasSocket = (c.env as { incoming?: unknown } | undefined)?.incoming !== undefined
  return (hasSocket && getConnInfo(c).remote.address) || '127.0.0.1'
}
