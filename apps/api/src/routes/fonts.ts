import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Hono } from 'hono'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'

const require = createRequire(import.meta.url)
const families = new Map([
  ['inter', dirname(require.resolve('@fontsource-variable/inter/index.css'))],
  ['jetbrains-mono', dirname(require.resolve('@fontsource-variable/jetbrains-mono/index.css'))],
])

const fontFile = /^[a-z0-9-]+\.woff2$/
const month = 'public, max-age=2592000'

async function read(family: string, ...path: string[]): Promise<Uint8Array<ArrayBuffer>> {
  const folder = families.get(family)
  if (!folder) throw new Failure('not_found')
  const bytes = await readFile(join(folder, ...path)).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Failure('not_found') : error
  })
  return new Uint8Array(bytes)
}

/** The web app's fonts for the pages the API makes itself: the same files, from the same origin. */
export const fontRoutes = new Hono<ApiEnv>()
  .get('/fonts/:family/index.css', async (c) =>
    c.body(await read(c.req.param('family'), 'index.css'), 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': month,
    }),
  )
  .get('/fonts/:family/files/:file', async (c) => {
    const { family, file } = c.req.param()
    if (!fontFile.test(file)) throw new Failure('not_found')
    return c.body(await read(family, 'files', file), 200, {
      'content-type': 'font/woff2',
      'cache-control': month,
    })
  })
