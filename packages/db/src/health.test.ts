import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createDatabase } from '../../../tests/setup/use-services.ts'
import { hasSchema } from './health.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open.ts'

test('a database is ready when it has had every migration of this code', async () => {
  const database = await createDatabase()
  const { db, close } = openDatabase(database.url)
  try {
    expect(await hasSchema(db), 'never migrated').toBe(false)
    await migrate(database.url)
    expect(await hasSchema(db)).toBe(true)
    await db.execute(sql`
      delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`)
    expect(await hasSchema(db), 'one behind').toBe(false)
  } finally {
    await close()
    await database.drop()
  }
})
