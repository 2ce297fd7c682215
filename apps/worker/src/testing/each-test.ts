import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'

/** Gives a test file a database of its own, and each of its tests a rig opened on it, which is closed after the test. */
export function eachTestWith<R extends { close: () => Promise<unknown> }>(
  open: (databaseUrl: string) => Promise<R>,
  take: (rig: R) => void,
): void {
  let database: TestDatabase
  let rig: R
  beforeAll(async () => {
    database = await createDatabase()
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    rig = await open(database.url)
    take(rig)
  })
  afterEach(() => rig.close())
}
