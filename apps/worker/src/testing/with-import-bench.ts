import { migrate, type OpenDatabase, openDatabase } from '@tropa/db'
import { afterAll, beforeAll } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { ImportBench } from './import-bench.ts'

/** Gives a test file a migrated database of its own and a bench for imports on it; both are gone after its last test. */
export function withImportBench(take: (open: OpenDatabase, bench: ImportBench) => void): void {
  let database: TestDatabase
  let open: OpenDatabase
  beforeAll(async () => {
    database = await createDatabase()
    await migrate(database.url)
    open = openDatabase(database.url)
    take(open, new ImportBench(open))
  })
  afterAll(async () => {
    await open.close()
    await database.drop()
  })
}
