import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ApiEnv, Deps } from './context.ts'
import { Failure, onError } from './errors.ts'
import { assertGuarded } from './guard.ts'
import { answerUnknown } from './other-methods.ts'
import { requestLog } from './request-log.ts'
import { authRoutes } from './routes/auth.ts'
import { connectionRoutes } from './routes/connections.ts'
import { customerRoutes } from './routes/customers.ts'
import { docsRoutes } from './routes/docs.ts'
import { engineRoutes } from './routes/engine.ts'
import { enrollmentRoutes } from './routes/enrollments.ts'
import { eventRoutes } from './routes/events.ts'
import { fontRoutes } from './routes/fonts.ts'
import { healthRoutes } from './routes/health.ts'
import { importRoutes } from './routes/imports.ts'
import { journeyRoutes } from './routes/journeys.ts'
import { keyRoutes } from './routes/keys.ts'
import { mailRoutes } from './routes/mails.ts'
import { memberRoutes } from './routes/members.ts'
import { sessionRoutes } from './routes/session.ts'
import { settingsRoutes } from './routes/settings.ts'
import { templateRoutes } from './routes/templates.ts'
import { unsubscribeRoutes } from './routes/unsubscribe.ts'
import { versionRoutes } from './routes/versions.ts'
import { securityHeaders } from './security-headers.ts'
import { serveWeb } from './serve-web.ts'

const maxBodyBytes = 2_000_000

const workspaceRoutes = new Hono<ApiEnv>()
  .route('/', settingsRoutes)
  .route('/', memberRoutes)
  .route('/', journeyRoutes)
  .route('/', versionRoutes)
  .route('/', templateRoutes)
  .route('/', connectionRoutes)
  .route('/', mailRoutes)
  .route('/', keyRoutes)
  .route('/', customerRoutes)
  .route('/', enrollmentRoutes)
  .route('/', importRoutes)

const memberApi = new Hono<ApiEnv>()
  .route('/', sessionRoutes)
  .route('/', engineRoutes)
  .route('/w/:ws', workspaceRoutes)

/** The member API's routes, for the typed client. */
export type AppType = ReturnType<typeof mountApi>

const mountApi = () => new Hono<ApiEnv>().route('/api', memberApi)

const tooLarge = bodyLimit({
  maxSize: maxBodyBytes,
  onError: () => {
    throw new Failure('body_too_large')
  },
})

/** Builds the whole HTTP app from what it depends on. Throws when a route says not who may call it. */
export function createApp(deps: Deps): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>()
  app.onError(onError)
  app.notFound((c) => answerUnknown(app, c))
  app.use(async (c, next) => {
    c.set('deps', deps)
    c.set('requestId', crypto.randomUUID())
    c.header('x-request-id', c.var.requestId)
    if (c.req.path.includes('\u0000')) throw new Failure('not_found')
    await next()
  })
  app.use(requestLog)
  app.use(securityHeaders(deps.installation.baseUrl))
  app.use('/api/*', (c, next) => (c.req.path.endsWith('/imports') ? next() : tooLarge(c, next)))
  app.use('/auth/*', tooLarge)
  app.route('/', healthRoutes)
  app.route('/', authRoutes)
  app.route('/', mountApi())
  const described = eventRoutes(deps)
  app.route('/', described)
  app.route('/', docsRoutes(described, deps.installation.baseUrl))
  app.route('/', fontRoutes)
  app.use('/u/*', tooLarge)
  app.route('/', unsubscribeRoutes)
  assertGuarded(app)
  if (deps.installation.webRoot) serveWeb(app, deps.installation.webRoot)
  return app
}
