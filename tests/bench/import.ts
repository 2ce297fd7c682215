import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { migrate, openDatabase } from '@tropa/db'
import { saveFile } from '@tropa/db/files'
import { createImport, findImport } from '@tropa/db/imports'
import { mappingShape, sniff } from '@tropa/intake'
import { createDatabase, type Servers } from './servers.ts'

/** Rows per second and memory of an import of the full log's shape, in a process of its own. */
export interface ImportFigures {
  rows: number
  rowsPerSecond: number
  peakMb: number
  /** Memory at the end over memory after the first fifth of the pages: near 1 when the line is flat. */
  growth: number
  /** The same file again, which brings nothing new. */
  againRowsPerSecond: number
}

const rowsOfFullLog = 69_659
const megabyte = 1024 * 1024

/** The full log's shape: no sample-id column, Windows line ends, several purchases of a customer on one day. */
function fullLog(rows: number): string {
  const lines: string[] = []
  for (let n = 0; n < rows; n++) {
    const customer = Math.floor(n / 3)
    const day = new Date(Date.UTC(1997, 0, 1 + ((customer * 7 + (n % 3) * 5 * (customer % 4)) % 540)))
    const date = day.toISOString().slice(0, 10).replaceAll('-', '')
    lines.push(` ${String(customer + 1).padStart(5, '0')} ${date}  ${1 + (n % 9)}  ${(n % 250) + 0.77}`)
  }
  return `${lines.join('\r\n')}\r\n`
}

const mapping = mappingShape.parse({
  event: { name: 'order' },
  customer: { column: 0, identifier: 'external_id' },
  time: { column: 1, format: 'YYYYMMDD' },
  properties: [
    { column: 2, name: 'quantity', type: 'number' },
    { column: 3, name: 'total', type: 'number' },
  ],
  emailAddress: { pattern: '{external_id}@example.test' },
  consentEmail: { source: 'bench: made up' },
})

async function runInChild(databaseUrl: string, target: object) {
  const child: ChildProcess = fork(fileURLToPath(new URL('./import-runner.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, DATABASE_URL: databaseUrl, IMPORT_TARGET: JSON.stringify(target) },
  })
  const [told] = (await once(child, 'message')) as [{ seconds: number; memory: number[] }]
  return told
}

/** Imports the full log's 69,659 rows twice, with addresses and consents, into a fresh database of the run's Postgres. */
export async function benchImport(
  { databaseUrl }: Pick<Servers, 'databaseUrl'>,
  { quick = false }: { quick?: boolean } = {},
): Promise<ImportFigures> {
  const rows = quick ? 20_000 : rowsOfFullLog
  const database = await createDatabase(databaseUrl, 'import')
  const { db, close } = openDatabase(database.url, { max: 2 })
  try {
    await migrate(database.url)
    const bytes = Buffer.from(fullLog(rows))
    const file = await saveFile(
      db,
      'bench',
      (async function* () {
        yield bytes
      })(),
      bytes.length,
    )
    const sniffed = await sniff(bytes, true)
    if ('refused' in sniffed) throw new Error(`The made log was not understood: ${sniffed.refused.en}`)
    const { format } = sniffed
    const start = async () => {
      const { id } = await createImport(db, {
        workspaceId: 'bench',
        fileId: file.fileId,
        fileName: 'log.txt',
        fileSize: file.size,
        fileHash: file.hash,
        format,
        mapping,
        mode: 'history',
        status: 'running',
      })
      return { workspaceId: 'bench', importId: id }
    }
    const target = await start()
    const first = await runInChild(database.url, target)
    const done = await findImport(db, 'bench', target.importId)
    if (done?.rowsStored !== rows) throw new Error(`${done?.rowsStored} of ${rows} rows were stored`)
    const again = await runInChild(database.url, await start())
    const { memory } = first
    const early = memory[Math.ceil(memory.length / 5)] ?? Number.NaN
    return {
      rows,
      rowsPerSecond: rows / first.seconds,
      peakMb: Math.max(...memory) / megabyte,
      growth: (memory.at(-1) ?? Number.NaN) / early,
      againRowsPerSecond: rows / again.seconds,
    }
  } finally {
    await close()
    await database.drop()
  }
}
