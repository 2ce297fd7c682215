import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createDatabase } from '../../../../tests/setup/use-services.ts'
import { openDatabase } from '../open.ts'
import { partitionIn, partitionOf, partitions } from './partition.ts'

test('code and database put a customer into the same part, and every part is used', async () => {
  const database = await createDatabase()
  const { db, close } = openDatabase(database.url)
  try {
    const { rows } = await db.execute<{ id: string; part: number }>(
      sql.raw(
        `select id, ${partitionIn('id')} as part from (select gen_random_uuid() as id from generate_series(1, 5000)) t`,
      ),
    )
    expect(rows.filter(({ id, part }) => partitionOf(id) !== part)).toEqual([])
    expect([...new Set(rows.map(({ part }) => part))].sort((a, b) => a - b)).toEqual(partitions)
  } finally {
    await close()
    await database.drop()
  }
})
