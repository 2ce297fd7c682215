import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import { migrate, type OpenDatabase, openDatabase } from '@tropa/db'
import { saveFile } from '@tropa/db/files'
import { createImport, findImport } from '@tropa/db/imports'
import { mappingShape, sniff } from '@tropa/intake'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type TestDatabase, useTemporal } from '../../../../tests/setup/use-services.ts'
import { importOptions, importWorkflow } from '../contract.ts'
import { freshNamespace } from '../testing/index.ts'

let database: TestDatabase
let open: OpenDatabase
let temporal: { address: string; namespace: string }
const children: ChildProcess[] = []

beforeAll(async () => {
  database = await createDatabase()
  await migrate(database.url)
  open = openDatabase(database.url, { max: 2 })
  temporal = await freshNamespace(await useTemporal())
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await open.close()
  await database.drop()
})

async function startWorker(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('../worker.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      TROPA_SECRET: Buffer.alloc(32, 7).toString('base64url'),
      BASE_URL: 'http://127.0.0.1:46200',
      LOG_LEVEL: 'error',
    },
  })
  children.push(child)
  await once(child, 'message')
  return child
}

test('an import whose worker is killed goes on in another one and counts every row once', async () => {
  const rows = 20_000
  const text = Array.from({ length: rows }, (_, n) => ` ${Math.floor(n / 4)} 19970101 1 ${n}.5`).join('\n')
  const bytes = Buffer.from(text)
  const file = await saveFile(
    open.db,
    'w',
    (async function* () {
      yield bytes
    })(),
    bytes.length,
  )
  const mapping = mappingShape.parse({
    event: { name: 'order' },
    customer: { column: 0, identifier: 'external_id' },
    time: { column: 1, format: 'YYYYMMDD' },
    properties: [{ column: 3, name: 'total', type: 'number' }],
  })
  const sniffed = await sniff(bytes, true)
  if ('refused' in sniffed) throw new Error(sniffed.refused.en)
  const row = await createImport(open.db, {
    workspaceId: 'w',
    fileId: file.fileId,
    fileName: 'log.txt',
    fileSize: file.size,
    fileHash: file.hash,
    format: sniffed.format,
    mapping,
    status: 'running',
  })
  const seen = () => findImport(open.db, 'w', row.id)
  const first = await startWorker()
  const connection = await Connection.connect({ address: temporal.address })
  const input = { workspaceId: 'w', importId: row.id, task: 'run' as const }
  await new Client({ connection, namespace: temporal.namespace }).workflow.signalWithStart(
    importWorkflow,
    importOptions(input),
  )
  while (((await seen())?.rowsRead ?? 0) < 4_000) await new Promise((resolve) => setTimeout(resolve, 5))
  first.kill('SIGKILL')
  await once(first, 'exit')
  const killedAt = (await seen())?.rowsRead ?? 0
  expect(killedAt).toBeLessThan(rows)
  await startWorker()
  while ((await seen())?.status === 'running') await new Promise((resolve) => setTimeout(resolve, 100))
  await connection.close()
  expect(await seen()).toMatchObject({
    status: 'done',
    rowsRead: rows,
    rowsStored: rows,
    customersCreated: rows / 4,
  })
  const found = await open.db.execute(
    sql`select count(*)::int as events, count(distinct (properties->>'total'))::int as different from events`,
  )
  expect(found.rows).toEqual([{ events: rows, different: rows }])
}, 300_000)
