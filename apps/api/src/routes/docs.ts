import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { languageOf } from '../language.ts'
import { docsPage, lookScript, openScript } from '../present/docs-page.ts'
import { logo } from '../present/page-look.ts'

const require = createRequire(import.meta.url)
const swagger = dirname(require.resolve('swagger-ui-dist/package.json'))
const files: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}

const scripts: Record<string, string> = { 'look.js': lookScript, 'open.js': openScript }
const mark = logo(32).replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')

/** The event API's description and a page that shows it; nothing of it comes from elsewhere. */
export function docsRoutes(described: OpenAPIHono<ApiEnv>, baseUrl: string) {
  return new Hono<ApiEnv>()
    .get('/openapi.json', (c) =>
      c.json(
        described.getOpenAPI31Document({
          openapi: '3.1.0',
          info: {
            title: 'Tropa event API',
            version: '1',
            description:
              'Send what customers do; journeys react. Segment-compatible bodies, answers per item.',
          },
          servers: [{ url: baseUrl }],
        }),
      ),
    )
    .get('/docs', (c) =>
      c.html(docsPage(languageOf(c.req.header('accept-language')), baseUrl), 200, {
        vary: 'accept-language',
      }),
    )
    .get('/docs/favicon.svg', (c) => c.body(mark, 200, { 'content-type': 'image/svg+xml' }))
    .get('/docs/:file', async (c) => {
      const script = scripts[c.req.param('file')]
      if (script) return c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' })
      const type = files[c.req.param('file')]
      if (!type) throw new Failure('not_found')
      const bytes = await readFile(join(swagger, c.req.param('file')))
      return c.body(new Uint8Array(bytes), 200, { 'content-type': type, 'cache-control': 'max-age=86400' })
    })
}
