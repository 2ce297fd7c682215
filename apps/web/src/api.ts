import type { Client } from '@tropa/api/client'
import type { ClientResponse } from 'hono/client'
import i18next from 'i18next'

/** The routes of one workspace, as the API itself types them. */
export type Routes = Client['api']['w'][':ws']

/** What a route answers when all is well. */
export type Answer<Route> = Route extends (...args: never[]) => Promise<infer Response>
  ? Response extends ClientResponse<infer Body, infer Status, 'json'>
    ? Status extends 200 | 201 | 202
      ? Body
      : never
    : never
  : never

/** One row of what a list route answers. */
export type Row<Route> = Answer<Route> extends { items: (infer Item)[] } ? Item : never

interface Sentence {
  en: string
  ru: string
}

function isSentence(value: unknown): value is Sentence {
  return typeof value === 'object' && value !== null && 'en' in value && 'ru' in value
}

function say(detail: unknown, fallback: string): string {
  if (isSentence(detail)) return i18next.language === 'ru' ? detail.ru : detail.en
  return typeof detail === 'string' ? detail : fallback
}

/** A refused request: RFC 9457 problem details with a stable code; the message is in the interface language. */
export class Failure extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  /** The whole problem document, for members beyond the standard ones. */
  readonly body: Record<string, unknown>

  constructor(status: number, body: Record<string, unknown>) {
    super(say(body.detail, String(body.title ?? `HTTP ${status}`)))
    this.name = 'Failure'
    this.status = status
    this.code = String(body.code ?? 'unknown')
    this.requestId = body.requestId === undefined ? undefined : String(body.requestId)
    this.body = body
  }
}

const away: Sentence = {
  en: 'The server does not answer. Check the connection; the page tries again by itself.',
  ru: 'Сервер не отвечает. Проверьте соединение; страница попробует ещё раз сама.',
}

/** No answer came: the network or the server is away. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super(say(away, away.en), { cause })
    this.name = 'Unreachable'
  }
}

function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return { detail: text.slice(0, 300) }
  }
}

/** How long a call waits for its whole answer; an upload, which may well take long, is waited for as long as it takes. */
export interface Patience {
  readMs: number
  writeMs: number
}

const patience: Patience = { readMs: 15_000, writeMs: 30_000 }

interface Call {
  method: string
  path: string
  body?: unknown
  signal?: AbortSignal | undefined
}

/** The signal that ends a call: the caller's own, or the end of all patience. */
function limitOf({ method, body, signal }: Call, { readMs, writeMs }: Patience): AbortSignal | null {
  if (body instanceof FormData) return signal ?? null
  const end = AbortSignal.timeout(method === 'GET' ? readMs : writeMs)
  return signal ? AbortSignal.any([signal, end]) : end
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
}

async function send(call: Call, waits: Patience): Promise<string> {
  const { method, path, body } = call
  const form = body instanceof FormData
  const limit = limitOf(call, waits)
  let response: Response
  let text: string
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: body === undefined || form ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : form ? body : JSON.stringify(body),
      signal: limit,
    })
    text = await response.text()
  } catch (error) {
    if (limit?.aborted && !isTimeout(limit.reason)) throw error
    throw new Unreachable(error)
  }
  // 502–504 come from the proxy in front when the API is restarting, not from the API itself.
  if (response.status >= 502 && response.status <= 504) throw new Unreachable(parsed(text))
  if (!response.ok) throw new Failure(response.status, (parsed(text) ?? {}) as Record<string, unknown>)
  return text
}

/**
 * The API on the same origin, below a path; a body that is not FormData goes as JSON. Every call throws `Failure` for a
 * refusal and `Unreachable` when no answer came, or none in time.
 */
export function apiAt(base: string, waits = patience) {
  const at = (path: string) => `${base}${path}`
  const text = (method: string, path: string, body?: unknown, signal?: AbortSignal) =>
    send({ method, path: at(path), body, signal }, waits)
  const call = async <T>(...asked: Parameters<typeof text>): Promise<T> => parsed(await text(...asked)) as T
  return {
    /** The address of a path, for links and downloads. */
    path: at,
    get: <T>(path: string, signal?: AbortSignal) => call<T>('GET', path, undefined, signal),
    /** What stands at a path, as it is. */
    text: (path: string, signal?: AbortSignal) => text('GET', path, undefined, signal),
    post: <T>(path: string, body?: unknown) => call<T>('POST', path, body ?? {}),
    put: <T>(path: string, body: unknown, signal?: AbortSignal) => call<T>('PUT', path, body, signal),
    patch: <T>(path: string, body: unknown) => call<T>('PATCH', path, body),
    delete: <T>(path: string) => call<T>('DELETE', path),
  }
}

export const api = apiAt('')
