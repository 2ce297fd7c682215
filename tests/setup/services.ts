import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { anyFreePort } from '../../scripts/machine/ports.ts'
import {
  endProcess,
  identify,
  type ProcessIdentity,
  stillRuns,
} from '../../scripts/machine/process-identity.ts'
import { dataDirFor, endLeftover, preparePostgres, runPostgres } from '../../scripts/programs/postgres.ts'
import { postgresUser } from '../../scripts/programs/postgres-binaries.ts'
import { prepareTemporal, runTemporal } from '../../scripts/programs/temporal.ts'
import { findTemporalCli } from '../../scripts/programs/temporal-cli.ts'
import { cacheFolder } from '../../scripts/stack/services.ts'

const folderMark = 'tropa-test-'

async function startPostgres(home: string): Promise<[string, () => Promise<void>]> {
  const given = process.env.TROPA_TEST_DATABASE_URL
  if (given) return [given, async () => undefined]
  const server = await preparePostgres({ home, port: await anyFreePort(), durable: false })
  const running = await runPostgres(server)
  return [
    server.url,
    async () => {
      await running.stop()
      rmSync(server.dataDir, { recursive: true, force: true })
    },
  ]
}

async function startTemporal(home: string): Promise<[string, () => Promise<void>]> {
  const given = process.env.TROPA_TEST_TEMPORAL_ADDRESS
  if (given) return [given, async () => undefined]
  const cli = await findTemporalCli(cacheFolder(home), (line) => process.stderr.write(`${line}\n`))
  const server = prepareTemporal({ cli, home, port: await anyFreePort() })
  const running = await runTemporal(server)
  writeFileSync(join(home, 'temporal.json'), JSON.stringify(identify(running.pid)))
  return [server.address, () => running.stop()]
}

function readIdentity(file: string): ProcessIdentity | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity) : null
}

/** Removes what test runs that were killed left behind: their servers and folders. */
export async function sweepLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(folderMark)) continue
    const home = join(tmpdir(), name)
    try {
      const owner = readIdentity(join(home, 'owner.json'))
      if (!owner || stillRuns(owner)) continue
      await endLeftover(dataDirFor(home, postgresUser()))
      const temporal = readIdentity(join(home, 'temporal.json'))
      if (temporal) await endProcess(temporal, 'SIGTERM', 5_000)
      rmSync(home, { recursive: true, force: true })
    } catch {
      // Another user's folder, or one that is being made or removed this moment: its owner looks after it.
    }
  }
}

/** Vitest leaves a signalled run without its teardown: what was started ends here; the folder is swept later. */
function endAtOnce(home: string): void {
  if (!existsSync(home)) return
  const postmaster = join(dataDirFor(home, postgresUser()), 'postmaster.pid')
  const pids = existsSync(postmaster) ? [Number(readFileSync(postmaster, 'utf8').split('\n')[0])] : []
  const temporal = readIdentity(join(home, 'temporal.json'))
  if (temporal && stillRuns(temporal)) pids.push(temporal.pid)
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGQUIT')
    } catch {
      // It has ended by itself meanwhile.
    }
  }
}

/**
 * Offers a real Postgres and a real Temporal dev server to the whole run, each started when the first test
 * asks for it (see use-services.ts) and never otherwise; stops both at the end.
 */
export default async function setup(): Promise<() => Promise<void>> {
  await sweepLeftovers()
  const home = mkdtempSync(join(tmpdir(), folderMark))
  chmodSync(home, 0o711)
  writeFileSync(join(home, 'owner.json'), JSON.stringify(identify(process.pid)))
  const starters: Record<string, (home: string) => Promise<[string, () => Promise<void>]>> = {
    '/postgres': startPostgres,
    '/temporal': startTemporal,
  }
  const started = new Map<string, Promise<[string, () => Promise<void>]>>()
  const desk = createServer((request, answer) => {
    const path = request.url ?? ''
    const starter = starters[path]
    if (!starter) return answer.writeHead(404).end()
    const service = started.get(path) ?? starter(home)
    started.set(path, service)
    service.then(
      ([address]) => answer.end(address),
      (error: unknown) => answer.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  process.once('SIGTERM', () => process.exit(143))
  process.once('exit', () => endAtOnce(home))
  const address = desk.address()
  process.env.TROPA_TEST_SERVICES = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return async () => {
    desk.close()
    for (const service of started.values()) await service.then(([, stop]) => stop()).catch(() => undefined)
    rmSync(home, { recursive: true, force: true })
  }
}
