import { randomUUID } from 'node:crypto'
import { hasStored } from '@tropa/db/already-known'
import { expect, test } from 'vitest'
import { type ImportBench, purchases } from '../testing/import-bench.ts'
import { rowsRead } from '../testing/rows-read.ts'
import { withImportBench } from '../testing/with-import-bench.ts'

let bench: ImportBench

withImportBench((opened) => {
  bench = opened
})

test('whether an import has stored anything is seen by one event of it', async () => {
  const { importId } = await bench.bring({ text: purchases(100, 3) })
  const read = await rowsRead(bench.db, async (tx) => {
    expect(await hasStored(tx, importId)).toBe(true)
  })
  expect(read).toBe(1)
  expect(await hasStored(bench.db, randomUUID())).toBe(false)
})
