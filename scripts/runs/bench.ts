import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planPorts } from '../machine/port-plan.ts'
import { anyFreePort } from '../machine/ports.ts'
import { homeSecret, openHome } from '../stack/home.ts'
import { startServices } from '../stack/services.ts'
import { createSupervisor } from '../stack/supervisor.ts'
import { root, runScript } from './run-once.ts'

/** `npm run bench`: a fresh durable Postgres and a fresh Temporal, then tests/bench/run.ts; returns its exit code. */
export async function bench(args: readonly string[]): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'tropa-bench-'))
  chmodSync(home, 0o711)
  openHome(home)
  const say = (line: string) => console.log(line)
  const supervisor = createSupervisor({ logDir: join(home, 'logs'), say, onChildren: () => undefined })
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void supervisor.stop().finally(() => process.exit(130)))
  try {
    const demanded = { api: await anyFreePort(), mailbox: await anyFreePort() }
    const plan = await planPorts({ remembered: {}, demanded, remember: () => undefined, say })
    const services = await startServices({ home, env: process.env, say }, plan, supervisor)
    const { ports } = plan
    const env = {
      ...process.env,
      DATABASE_URL: services.databaseUrl,
      TEMPORAL_ADDRESS: services.temporalAddress,
      TEMPORAL_NAMESPACE: process.env.TEMPORAL_NAMESPACE || 'default',
      API_PORT: String(ports.api),
      MAILBOX_SMTP_PORT: String(ports.mailbox),
      TROPA_SECRET: homeSecret(home),
      TROPA_HOME: home,
    }
    await runScript('packages/db/src/migrate.ts', env, 'The migration of the database')
    return await run(['--import', 'tsx', 'tests/bench/run.ts', ...args], env)
  } finally {
    await supervisor.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

function run(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
