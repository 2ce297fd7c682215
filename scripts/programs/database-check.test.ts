import { createServer } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase } from '../../tests/setup/use-services.ts'
import { anyFreePort } from '../machine/ports.ts'
import { requireDatabase } from './database-check.ts'

let database: TestDatabase
let admin: pg.Client

beforeAll(async () => {
  database = await createDatabase()
  admin = new pg.Client({ connectionString: database.url })
  await admin.connect()
})

afterAll(async () => {
  await admin.query('drop role if exists guest')
  await admin.end()
  await database.drop()
})

function changed(change: (url: URL) => void): string {
  const url = new URL(database.url)
  change(url)
  return url.href
}

test('a database that can be used passes', async () => {
  await requireDatabase(database.url)
})

test('a database that does not exist is named as such, without user and password', async () => {
  const url = changed((at) => {
    at.pathname = '/nowhere'
    at.password = 'hunter2'
  })
  const { host } = new URL(url)
  await expect(requireDatabase(url)).rejects.toThrow(
    `DATABASE_URL names a Postgres at ${host} that has no such database. Create it (createdb) or correct the name after the host.`,
  )
})

test('an unknown user, TLS that is not spoken and rights that are missing each get a sentence', async () => {
  const stranger = changed((at) => {
    at.username = 'stranger'
  })
  await expect(requireDatabase(stranger)).rejects.toThrow(/that does not let this user in\./)
  const tls = changed((at) => at.searchParams.set('sslmode', 'require'))
  await expect(requireDatabase(tls)).rejects.toThrow(/that does not speak TLS\. Leave sslmode out\./)
  await admin.query('create role guest login')
  const guest = changed((at) => {
    at.username = 'guest'
  })
  await expect(requireDatabase(guest)).rejects.toThrow(/does not let this user create schemas and tables/)
})

test('a port where nothing answers, and one where something else does, are told', async () => {
  const nothing = await anyFreePort()
  await expect(requireDatabase(`postgres://u:hunter2@127.0.0.1:${nothing}/x`)).rejects.toThrow(
    `DATABASE_URL names a Postgres at 127.0.0.1:${nothing} that does not answer (ECONNREFUSED).`,
  )
  const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await new Promise<void>((resolve) => other.listen(nothing, '127.0.0.1', resolve))
  const answer = requireDatabase(`postgres://u:hunter2@127.0.0.1:${nothing}/x`)
  await expect(answer).rejects.toThrow(/^DATABASE_URL names a Postgres at .* that cannot be used/)
  await expect(answer).rejects.not.toThrow(/hunter2/)
  other.close()
})
