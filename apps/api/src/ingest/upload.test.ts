import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { formHeaders, formPieces } from '../testing/file-form.ts'
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
  const piece = Buffer.alloc(megabyte, 'ann,2025-01-01\n')
  const parts = formPieces(
    Array.from({ length: megabytes }, () => piece),
    { name: 'a.csv' },
  )
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const part = parts.shift()
      sent.bytes += part?.length ?? 0
      if (part) controller.enqueue(part)
      else controller.close()
    },
  })
  return new Request('http://localhost/', { method: 'POST', headers: formHeaders, body, duplex: 'half' })
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
