import { migrate, type OpenDatabase, openDatabase } from '@tropa/db'
import { afterAll, beforeAll } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'

/** Gives a test file a migrated database of its own, open; it is gone after the file's last test. */
export function withDatabase(take: (open: OpenDatabase, url: string) => void): void {
  let database: TestDatabase
  let open: OpenDatabase
  beforeAll(async () => {
    database = await createDatabase()
    await migrate(database.url)
    open = openDatabase(database.url)
    take(open, database.url)
  })
  afterAll(async () => {
    await open.close()
    await database.drop()
  })
}
