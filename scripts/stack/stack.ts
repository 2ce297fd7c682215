import { join } from 'node:path'
import { planPorts } from '../machine/port-plan.ts'
import type { Ports } from '../machine/ports.ts'
import { requireReachable } from '../machine/reach.ts'
import { runScript } from '../runs/run-once.ts'
import { settled } from '../runs/settled.ts'
import { buildWeb } from '../runs/web-build.ts'
import { envProblems } from './env.ts'
import { homeSecret, openHome, rememberedPorts, rememberPorts } from './home.ts'
import { endLeftovers } from './leftovers.ts'
import { lockHome, type RunRecord } from './lock.ts'
import type { StartOptions } from './options.mjs'
import { apiPart, webPart, workerPart } from './parts.ts'
import { type Services, startServices } from './services.ts'
import { createSupervisor, type Supervisor } from './supervisor.ts'

/** A running Tropa. */
export interface RunningStack {
  address: string
  ports: Ports
  /** The environment its processes got. */
  env: NodeJS.ProcessEnv
  /** What the seed printed: the demo's sign-in, or the one-time link for the first owner. */
  welcome: string[]
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
    onChildren: (children) => {
      try {
        lock.update({ children })
      } catch (error) {
        say(`The list of processes in ${home} could not be brought up to date: ${error}`)
      }
    },
  })
  const stop = async () => {
    await supervisor.stop()
    lock.release()
  }
  request.onStoppable?.(stop)
  try {
    await endLeftovers(lock.leftovers, say)
    const plan = await planPorts({
      remembered: rememberedPorts(home),
      demanded: demandedPorts(request),
      remember: (ports) => rememberPorts(home, ports),
      say,
    })
    const services = await startServices(request, plan, supervisor)
    await tellSilentMailServer(env.SMTP_URL, say)
    const stack = await plan.run((ports) => startTropa(request, ports, services, supervisor))
    lock.update({ address: stack.address })
    return { stack: { ...stack, stop } }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A mail server that is away keeps nobody from starting: messages wait for it. */
async function tellSilentMailServer(address: string | undefined, say: (line: string) => void): Promise<void> {
  if (!address) return
  const { protocol, hostname, port } = new URL(address)
  await requireReachable('SMTP_URL', hostname, Number(port || (protocol === 'smtps:' ? 465 : 587))).catch(
    (error: Error) => say(`${error.message} Messages wait until then.`),
  )
}

function demandedPorts({ env, mode, port }: StackRequest): Partial<Ports> {
  const demanded: Partial<Ports> = {}
  if (env.API_PORT) demanded.api = Number(env.API_PORT)
  if (env.WEB_PORT) demanded.web = Number(env.WEB_PORT)
  if (env.MAILBOX_SMTP_PORT) demanded.mailbox = Number(env.MAILBOX_SMTP_PORT)
  if (env.WORKER_PORT) demanded.worker = Number(env.WORKER_PORT)
  if (port !== null) demanded[mode === 'dev' ? 'web' : 'api'] = port
  return demanded
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
  const checked = request.env.TEMPORAL_ADDRESS
    ? runScript('apps/worker/src/check-temporal.ts', env, 'The check of Temporal')
    : Promise.resolve('')
  await settled(settled(migrated, checked), mode === 'dev' ? Promise.resolve() : buildWeb(env, say))
  const printed = await runScript('apps/api/src/seed.ts', env, 'The preparation of workspaces')
  const welcome = printed.split('\n').filter((line) => line.trim() !== '')
  try {
    await settled(
      supervisor.start(apiPart(env, ports, verbose)),
      supervisor.start(workerPart(env, ports, verbose)),
    )
    if (mode === 'dev') await supervisor.start(webPart(env, ports))
  } catch (error) {
    // Each was told the address and the ports of the others: on other ports all of them start anew.
    await supervisor.end(['api', 'worker', 'web'])
    throw error
  }
  return { address, ports: { ...ports }, env, welcome }
}

function childEnv(
  request: StackRequest,
  ports: Ports,
  services: Services,
  address: string,
): NodeJS.ProcessEnv {
  const { env, home, mode } = request
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
    WORKER_PORT: String(ports.worker),
    TROPA_DEMO: wantsDemo(request) ? '1' : '0',
    TROPA_HOME: home,
    TROPA_SECRET: env.TROPA_SECRET || homeSecret(home),
    LOG_LEVEL: env.LOG_LEVEL || 'info',
  }
}

function wantsDemo({ env, mode }: StackRequest): boolean {
  if (env.TROPA_DEMO) return env.TROPA_DEMO === '1'
  return mode !== 'prod' && !env.DATABASE_URL
}
