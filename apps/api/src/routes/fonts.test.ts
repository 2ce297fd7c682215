import { expect, test } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import type { AppUnderTest } from '../testing.ts'

let api: AppUnderTest

withApp((opened) => {
  api = opened
})

test.each(['/docs', '/u/no-such-link'])('%s brings its fonts from here, and only from here', async (path) => {
  const page = await api.app.request(path)
  expect(page.headers.get('content-security-policy')).toContain("font-src 'self'")
  const sheets = [...(await page.text()).matchAll(/href="(\/fonts\/[^"]+)"/g)].map(([, href]) => href ?? '')
  expect(sheets).toContain('/fonts/inter/index.css')
  for (const sheet of sheets) {
    const css = await api.app.request(sheet)
    expect([css.status, css.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
    const files = [...(await css.text()).matchAll(/url\(([^)]+)\)/g)].map(([, url]) => url ?? '')
    expect(files.filter((file) => file.includes('cyrillic')).length).toBeGreaterThan(0)
    for (const file of files) {
      const font = await api.app.request(new URL(file, `http://x${sheet}`).pathname)
      expect([font.status, font.headers.get('content-type')]).toEqual([200, 'font/woff2'])
    }
  }
})

test.each([
  '/fonts/inter/files/none.woff2',
  '/fonts/inter/files/..%2findex.css',
  '/fonts/arial/index.css',
  '/fonts/constructor/index.css',
])('%s is nothing', async (path) => {
  expect((await api.app.request(path)).status).toBe(404)
})
