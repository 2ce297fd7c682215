import { join } from 'node:path'
import { envProblems } from './env.ts'
import { homeSecret, openHome, rememberedPorts, rememberPorts } from './home.ts'
import { lockHome, type RunRecord } from './lock.ts'
import type { StartOptions } from './options.ts'
import { apiPart, postgresPart, temporalPart, webPart, workerPart } from './parts.ts'
import { choosePorts, type Ports } from './ports.ts'
import { preparePostgres } from './postgres.ts'
import { endProcess, type ProcessIdentity } from './process-identity.ts'
import { runScript } from './run-once.ts'
import { createSupervisor, type Supervisor } from './supervisor.ts'
import { limitRetention, prepareTemporal } from './temporal.ts'
import { findTemporalCli } from './temporal-cli.ts'
import { buildWeb } from './web-build.ts'

/** A running Tropa. */
export interface RunningStack {
  address: string
  ports: Ports
  /** The environment its processes got. */
  env: NodeJS.ProcessEnv
  /** What the seed of the demo workspace printed, one line each; empty without a demo. */
  demo: string[]
  stop(): Promise<void>
}

/** What bringing up the stack may end in: a running one, or word that one already runs on this home. */
export type StackAnswer = { stack: RunningStack } | { already: RunRecord }

/** How the caller wants things brought up. */
export interface StackRequest extends Pick<StartOptions, 'mode' | 'port' | 'home'> {
  env: NodeJS.ProcessEnv
  say(line: string): void
  /** Called as soon as there is something to stop, even while the rest is still starting. */
  onStoppable?(stop: () => Promise<void>): void
}

/** Brings up everything Tropa needs and then Tropa; throws sentences, leaving nothing running. */
export async function bringStack(request: StackRequest): Promise<StackAnswer> {
  const { env, home, say } = request
  const problems = envProblems({ ...env, TROPA_HOME: home })
  if (problems.length > 0) throw new Error(problems.join('\n'))
  openHome(home)
  const answer = await lockHome(home)
  if ('running' in answer) return { already: answer.running }
  const { lock } = answer
  const supervisor = createSupervisor({
    logDir: join(home, 'logs'),
    say,
    onChildren: (children) => lock.update({ children }),
  })
  const stop = async () => {
    await supervisor.stop()
    lock.release()
  }
  request.onStoppable?.(stop)
  try {
    await endLeftovers(lock.leftovers, say)
    const ports = await choosePorts(rememberedPorts(home), demandedPorts(request))
    rememberPorts(home, ports)
    const services = await startServices(request, ports, supervisor)
    const stack = await startTropa(request, ports, services, supervisor)
    lock.update({ address: stack.address })
    return { stack: { ...stack, stop } }
  } catch (error) {
    await stop()
    throw error
  }
}

async function endLeftovers(
  leftovers: readonly (ProcessIdentity & { name: string })[],
  say: (line: string) => void,
): Promise<void> {
  if (leftovers.length === 0) return
  say(`Ending what an earlier start left running: ${leftovers.map((child) => child.name).join(', ')}.`)
  const servers = leftovers.filter(({ name }) => name === 'postgres' || name === 'temporal')
  const users = leftovers.filter((child) => !servers.includes(child))
  await Promise.all(users.map((child) => endProcess(child, 'SIGTERM', 10_000)))
  await Promise.all(servers.map((child) => endProcess(child, 'SIGINT', 20_000)))
}

function demandedPorts({ env, mode, port }: StackRequest): Partial<Ports> {
  const demanded: Partial<Ports> = {}
  if (env.API_PORT) demanded.api = Number(env.API_PORT)
  if (env.WEB_PORT) demanded.web = Number(env.WEB_PORT)
  if (env.MAILBOX_SMTP_PORT) demanded.mailbox = Number(env.MAILBOX_SMTP_PORT)
  if (port !== null) demanded[mode === 'dev' ? 'web' : 'api'] = port
  return demanded
}

interface Services {
  databaseUrl: string
  temporalAddress: string
}

async function startServices(request: StackRequest, ports: Ports, supervisor: Supervisor): Promise<Services> {
  const { env, home, say } = request
  const database = async () => {
    if (env.DATABASE_URL) return env.DATABASE_URL
    const server = await preparePostgres({ home, port: ports.postgres })
    if (!server.dataDir.startsWith(home))
      say(`Database files are in ${server.dataDir} (their user cannot enter ${home}).`)
    await supervisor.start(postgresPart(server))
    return server.url
  }
  const temporal = async () => {
    if (env.TEMPORAL_ADDRESS) return env.TEMPORAL_ADDRESS
    const cli = await findTemporalCli(join(home, 'cache'), say)
    const server = prepareTemporal({ cli, home, port: ports.temporal })
    await supervisor.start(temporalPart(server))
    limitRetention(cli, server.address)
    return server.address
  }
  const [databaseUrl, temporalAddress] = await settled(database(), temporal())
  return { databaseUrl, temporalAddress }
}

/** Waits for both even when one fails, so that nothing is started after the stop. */
async function settled<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b])
  return [await a, await b]
}

async function startTropa(
  request: StackRequest,
  ports: Ports,
  services: Services,
  supervisor: Supervisor,
): Promise<Omit<RunningStack, 'stop'>> {
  const { mode, say } = request
  const address = request.env.BASE_URL || `http://localhost:${mode === 'dev' ? ports.web : ports.api}`
  const env = childEnv(request, ports, services, address)
  const verbose = mode === 'dev'
  const migrated = runScript('packages/db/src/migrate.ts', env, 'The migration of the database')
  await settled(migrated, mode === 'dev' ? Promise.resolve() : buildWeb(env, say))
  const demo = wantsDemo(request) ? await seedDemo(env) : []
  await settled(supervisor.start(apiPart(env, ports, verbose)), supervisor.start(workerPart(env, verbose)))
  if (mode === 'dev') await supervisor.start(webPart(env, ports))
  return { address, ports, env, demo }
}

function childEnv(
  { env, home, mode }: StackRequest,
  ports: Ports,
  services: Services,
  address: string,
): NodeJS.ProcessEnv {
  return {
    ...env,
    NODE_ENV: mode === 'dev' ? 'development' : 'production',
    DATABASE_URL: services.databaseUrl,
    TEMPORAL_ADDRESS: services.temporalAddress,
    TEMPORAL_NAMESPACE: env.TEMPORAL_NAMESPACE || 'default',
    BASE_URL: address,
    API_PORT: String(ports.api),
    WEB_PORT: String(ports.web),
    MAILBOX_SMTP_PORT: String(ports.mailbox),
    TROPA_HOME: home,
    TROPA_SECRET: env.TROPA_SECRET || homeSecret(home),
    LOG_LEVEL: env.LOG_LEVEL || 'info',
  }
}

function wantsDemo({ env, mode }: StackRequest): boolean {
  if (env.TROPA_DEMO) return env.TROPA_DEMO === '1'
  return mode !== 'prod' && !env.DATABASE_URL
}

async function seedDemo(env: NodeJS.ProcessEnv): Promise<string[]> {
  const printed = await runScript('apps/api/src/seed.ts', env, 'The seed of the demo workspace')
  return printed.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('{'))
}
