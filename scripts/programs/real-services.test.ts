import pg from 'pg'
import { expect, test } from 'vitest'
import { createDatabase, usePostgres, useTemporal } from '../../tests/setup/use-services.ts'

test('a test gets a real Postgres and a database of its own', async () => {
  const mine = await createDatabase()
  const client = new pg.Client({ connectionString: mine.url })
  await client.connect()
  const answer = await client.query(
    "SELECT lower('ЁЛКА') AS low, current_setting('server_version_num')::int AS v",
  )
  expect(answer.rows[0].low).toBe('ёлка')
  expect(answer.rows[0].v).toBeGreaterThanOrEqual(150000)
  await client.end()
  await mine.drop()
  const gone = new pg.Client({ connectionString: mine.url })
  await expect(gone.connect()).rejects.toThrow(/does not exist/)
})

test('every test of a run shares one Postgres and one Temporal', async () => {
  expect(await usePostgres()).toBe(await usePostgres())
  const address = await useTemporal()
  expect(address).toMatch(/^127\.0\.0\.1:\d+$/)
  expect(await useTemporal()).toBe(address)
})
