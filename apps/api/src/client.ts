import { hc } from 'hono/client'
import type { AppType } from './app.ts'

/** Calls the member API of an installation with the types of its routes; cookies go along on the same origin. */
export function createClient(baseUrl: string) {
  return hc<AppType>(baseUrl, { init: { credentials: 'same-origin' } })
}

export type Client = ReturnType<typeof createClient>
