import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'

const require = createRequire(import.meta.url)
const swagger = dirname(require.resolve('swagger-ui-dist/package.json'))
const files: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tropa event API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body><div id="docs"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/open.js"></script></body>
</html>
`
const opener = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null })\n`

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
    .get('/docs', (c) => c.html(page))
    .get('/docs/open.js', (c) => c.body(opener, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
    .get('/docs/:file', async (c) => {
      const type = files[c.req.param('file')]
      if (!type) throw new Failure('not_found')
      const bytes = await readFile(join(swagger, c.req.param('file')))
      return c.body(new Uint8Array(bytes), 200, { 'content-type': type, 'cache-control': 'max-age=86400' })
    })
}
