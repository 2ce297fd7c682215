import { isLostDatabase } from '@tropa/db/lost'
import type { Text } from '@tropa/journey'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type FailureCode, failures } from './failures.ts'
import { safeError } from './log.ts'

export type { FailureCode } from './failures.ts'

/** A request that cannot be served: thrown anywhere below a route, answered as RFC 9457 problem details. */
export class Failure extends Error {
  constructor(
    readonly code: FailureCode,
    /** Members of the problem document beyond the standard ones. */
    readonly extra: Record<string, unknown> = {},
    /** A sentence that says more than the one of the table. */
    readonly detail: Text = failures[code].detail,
  ) {
    super(detail.en)
    this.name = 'Failure'
  }

  get status(): ContentfulStatusCode {
    return failures[this.code].status
  }
}

/** The problem document of a failure. */
export function problemOf(failure: Failure, requestId: string): Record<string, unknown> {
  const { status, title } = failures[failure.code]
  const standard = {
    type: 'about:blank',
    title,
    status,
    code: failure.code,
    detail: failure.detail,
    requestId,
  }
  return { ...failure.extra, ...standard }
}

/** Answers a failure. */
export function respondFailure(c: Context, failure: Failure): Response {
  const requestId = (c.get('requestId') as string | undefined) ?? ''
  c.set('failureCode', failure.code)
  const seconds = failure.extra.retryAfterSeconds
  if (typeof seconds === 'number') c.header('Retry-After', String(seconds))
  return c.body(JSON.stringify(problemOf(failure, requestId)), failure.status, {
    'content-type': 'application/problem+json; charset=utf-8',
  })
}

/** The app's error handler: failures as they are, framework refusals by status, everything else `internal_error`. */
export function onError(error: Error, c: Context): Response {
  if (error instanceof Failure) return respondFailure(c, error)
  if (error instanceof HTTPException) return respondFailure(c, new Failure(codeOfStatus(error.status)))
  if (isLostDatabase(error)) return respondFailure(c, new Failure('unavailable', { retryAfterSeconds: 2 }))
  c.get('deps')?.log.error({ requestId: c.get('requestId'), error: safeError(error) }, 'request_failed')
  return respondFailure(c, new Failure('internal_error'))
}

function codeOfStatus(status: number): FailureCode {
  const codes: Record<number, FailureCode> = {
    400: 'malformed_body',
    401: 'not_signed_in',
    403: 'not_allowed',
    404: 'not_found',
    413: 'body_too_large',
    415: 'wrong_media_type',
    429: 'too_many_requests',
  }
  return codes[status] ?? 'internal_error'
}
