import type { MiddlewareHandler } from 'hono'
import type { ApiEnv } from './context.ts'

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers of every answer: only our own origin, no framing, no guessing of types; HTTPS stays HTTPS. */
export function securityHeaders(baseUrl: string): MiddlewareHandler<ApiEnv> {
  const secure = baseUrl.startsWith('https:')
  return async (c, next) => {
    if (c.req.path.startsWith('/v1/')) {
      // JSON for programs: set beforehand, because touching a finished answer nearly doubles what a request costs.
      c.header('x-content-type-options', 'nosniff')
      c.header('cache-control', 'no-store')
      return next()
    }
    await next()
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', policy)
    c.header('x-content-type-options', 'nosniff')
    c.header('x-frame-options', 'DENY')
    c.header('referrer-policy', 'same-origin')
    c.header('cross-origin-opener-policy', 'same-origin')
    if (secure) c.header('strict-transport-security', 'max-age=31536000')
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  }
}
