import { afterAll, beforeAll } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { type AppUnderTest, openApp } from '../testing.ts'

/** Gives a test file the app over a database of its own; both are gone after its last test. */
export function withApp(take: (app: AppUnderTest, databaseUrl: string) => void | Promise<void>): void {
  let database: TestDatabase
  let app: AppUnderTest
  beforeAll(async () => {
    database = await createDatabase()
    app = await openApp(database.url)
    await take(app, database.url)
  })
  afterAll(async () => {
    await app.stop()
    await database.drop()
  })
}
