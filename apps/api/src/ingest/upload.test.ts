import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import type { AppUnderTest } from '../testing.ts'
import { receiveFile } from './upload.ts'

let api: AppUnderTest

withApp(async (opened) => {
  api = opened
})

const megabyte = 1024 * 1024

/** A file of so many megabytes on its way; `sent` counts what has been read of it. */
function request(megabytes: number, sent: { bytes: number }): Request {
  const edge = 'tropa-test-boundary'
  const piece = Buffer.alloc(megabyte, 'ann,2025-01-01\n')
  const parts = [
    Buffer.from(`--${edge}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n`),
    ...Array.from({ length: megabytes }, () => piece),
    Buffer.from(`\r\n--${edge}--\r\n`),
  ]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = parts.shift()
      sent.bytes += part?.length ?? 0
      if (part) controller.enqueue(part)
      else controller.close()
    },
  })
  const headers = { 'content-type': `multipart/form-data; boundary=${edge}` }
  return new Request('http://localhost/', { method: 'POST', headers, body, duplex: 'half' })
}

test('whoever sends far more than fits is told so once all is sent, and nothing is kept', async () => {
  const sent = { bytes: 0 }
  const received = receiveFile(api.deps.db, 'w', request(40, sent), 2 * megabyte)
  await expect(received).rejects.toMatchObject({ code: 'body_too_large' })
  expect(sent.bytes).toBeGreaterThan(40 * megabyte)
  expect((await api.deps.db.execute(sql`select 1 from file_chunks`)).rowCount).toBe(0)
})

test('a file as large as may be is kept whole', async () => {
  const kept = await receiveFile(api.deps.db, 'w', request(2, { bytes: 0 }), 2 * megabyte)
  expect(kept).toMatchObject({ size: 2 * megabyte, fileName: 'a.csv' })
})
