import { isIP } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * The address a request came from. A proxy on this machine is believed: of what it forwards, the last entry is the one
 * it added itself, and whatever stands before it is the caller's own word. In-process calls come from this machine.
 */
export function clientAddressOf(c: Context): string {
  const hasSocket = (c.env as { incoming?: unknown } | undefined)?.incoming !== undefined
  const peer = (hasSocket && getConnInfo(c).remote.address) || '127.0.0.1'
  if (!isLoopback(peer)) return peer
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
  return isIP(forwarded) === 0 ? peer : forwarded
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}
