import type { Context, Hono } from 'hono'
import type { ApiEnv } from './context.ts'
import { Failure, respondFailure } from './errors.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The methods that an address takes, by the routes of the app; addresses that stand for many are not looked at. */
export function methodsOf(app: Pick<Hono<ApiEnv>, 'router'>, path: string): string[] {
  return methods.filter((method) =>
    app.router
      .match(method, path)[0]
      .some(([[, route]]) => route.method === method && !route.path.endsWith('*')),
  )
}

/** Answers a request that no route takes: the address takes other methods, or it does not exist. */
export function answerUnknown(app: Pick<Hono<ApiEnv>, 'router'>, c: Context<ApiEnv>): Response {
  const allowed = methodsOf(app, c.req.path)
  if (allowed.length === 0) return respondFailure(c, new Failure('not_found'))
  const { method } = c.req
  c.header('Allow', allowed.join(', '))
  return respondFailure(
    c,
    new Failure(
      'method_not_allowed',
      {},
      {
        en: `This address does not take ${method}. Send ${allowed.join(' or ')}.`,
        ru: `Этот адрес не принимает ${method}. Отправьте ${allowed.join(' или ')}.`,
      },
    ),
  )
}
