import { parseSmtpUrl } from '@tropa/connectors'
import { openDatabase } from '@tropa/db'
import { GroupCommit } from '@tropa/db/group-commit'
import { kinds } from '@tropa/nodes'
import type pg from 'pg'
import { type Logger, pino } from 'pino'
import { advanceActivities } from './activities/advance.ts'
import type { ImportDoors } from './activities/import-run.ts'
import { sendActivities } from './activities/send.ts'
import { journeysQueue, sendQueue, type TemporalAddress } from './contract.ts'
import { Alarm } from './enrollment/alarm.ts'
import { type DriveDeps, drive as driveEnrollment } from './enrollment/drive.ts'
import { PlanShelf } from './enrollment/plan-shelf.ts'
import { importQueue } from './imports/queue.ts'
import { Launcher } from './launcher.ts'
import { errorFields, Outages } from './outages.ts'
import { Router } from './router/router.ts'
import { ConnectionShelf } from './send/connection-shelf.ts'
import type { DeliverDeps } from './send/deliver.ts'
import { SendDesk } from './send/desk.ts'
import { Sweeper } from './sweeper.ts'
import { type QueueOptions, TemporalLink } from './temporal-link.ts'

/** How one engine runs. The four switches choose between the plain shape and the fast one; both do the same. */
export interface EngineOptions {
  databaseUrl: string
  temporal: TemporalAddress
  secret: string
  baseUrl: string
  smtpUrl?: string | undefined
  mailboxPort?: number | undefined
  log?: Logger
  /** Legs without effects run in the router's transaction. */
  legsInRouter?: boolean
  /** A workflow that only sleeps at first starts with a delay and costs nothing until then. */
  startDelay?: boolean
  /** How long a delivery may take inside `advance` before the send activity takes over; 0 always leaves it to that. */
  inlineMs?: number
  /** Sleepers are moved in this process at their time, and their workflows stand by; needs the other switches. */
  alarm?: boolean
  /** How long a provider may take until it has a message, and for its verdict then. */
  sendTimeoutMs?: number
  sendVerdictMs?: number
  sendLeaseMs?: number
  sweepEveryMs?: number
  unstartedMs?: number
  overdueMs?: number
  /** Imports are run too. */
  imports?: boolean
}

/** A running engine. */
export interface Engine {
  /** Temporal is polled and the router looks for events. */
  ready: () => boolean
  /** Resolves when `ready`; throws after `timeoutMs`. */
  becomeReady: (timeoutMs: number) => Promise<void>
  /**
   * Ends gracefully: no new work, leases are given back, deliveries under way are finished within 26 s. The outcome of
   * one whose mail server keeps its answer back longer is unknown when its lease has run out.
   */
  stop: () => Promise<void>
}

const routerSilentMs = 10_000
const poolSize = 16
/** What RFC 5321 (section 4.5.3.2.6) allows a server between the end of a message and its verdict. */
const longestVerdictMs = 10 * 60_000
/** How long an engine that stops waits for mail servers: less than its supervisor has patience. */
const longestStopMs = 26_000
/** How long locks may be held for the content of a message. */
const quickMs = 50
/** How much longer than the enrollment its workflow sleeps while an alarm wakes it. */
const graceMs = 30_000

/** Runs router, sweeper and Temporal workers in this process, against a migrated database. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const log = options.log ?? pino({ level: 'silent' })
  const outages = new Outages(log)
  const database = openDatabase(options.databaseUrl, {
    max: poolSize,
    steady: true,
    onError: (error) => log.warn(errorFields(error), 'an idle database connection was lost'),
  })
  const { pool } = database
  const plans = new PlanShelf()
  const commits = new GroupCommit(pool)
  const { desk, connections } = openDesk(options, { pool, commits, plans, log, outages })
  const legs = { plans, kinds, clocksDriven: options.imports === true }
  const drive = { ...legs, commits, desk, inlineMs: options.inlineMs ?? 2_500 }
  const move = (one: DueTest) => moveTest(drive, loops.launcher, outages, one)
  const link = new TemporalLink({
    temporal: options.temporal,
    log,
    outages,
    queues: [
      ...journeyQueues(advanceActivities(drive, outages, isAlarmed(options) ? graceMs : 0), desk, outages),
      ...(options.imports ? [importQueue({ ...database, moveTest: move }, outages)] : []),
    ],
  })
  const loops = openLoops(options, drive, { pool, link, outages, log })
  const { router, launcher } = loops
  link.start()
  await loops.start()
  const ready = () => link.ready && Date.now() - router.lastLookAt < routerSilentMs
  return {
    ready,
    becomeReady: (limitMs) => becomeReady(ready, limitMs),
    async stop() {
      const deadline = Date.now() + longestStopMs
      await loops.stop()
      await launcher.drained()
      await link.stop()
      const deliveries = await desk.drained(Math.max(0, deadline - Date.now()))
      if (deliveries > 0) log.warn({ deliveries }, 'stopped while mail servers kept their answers back')
      await connections.close()
      await database.close()
    },
  }
}

function drivesHere({ legsInRouter = true, inlineMs }: EngineOptions): boolean {
  return legsInRouter && inlineMs !== 0
}

function isAlarmed(options: EngineOptions): boolean {
  return (options.alarm ?? true) && (options.startDelay ?? true) && drivesHere(options)
}

/** Everything that looks for work by itself, and the launcher they all give it to. */
function openLoops(
  options: EngineOptions,
  drive: DriveDeps,
  { pool, link, outages, log }: { pool: pg.Pool; link: TemporalLink; outages: Outages; log: Logger },
) {
  const { databaseUrl, startDelay = true, legsInRouter = true } = options
  const { desk } = drive
  const launcher = new Launcher({
    pool,
    client: () => link.client,
    outages,
    startDelay,
    concurrency: 32,
    drive: drivesHere(options) ? (...of) => driveEnrollment(drive, ...of) : undefined,
    alarm: isAlarmed(options) ? { graceMs, set: (sleeper) => alarm.set(sleeper) } : undefined,
  })
  const given = { pool, launcher, outages }
  const called = () => sweeper.call()
  const router = new Router({
    ...drive,
    ...given,
    log,
    legsInRouter,
    databaseUrl,
    lanes: 2,
    pollMs: 500,
    called,
  })
  const alarm = new Alarm({ ...given, partitions: () => router.partitions, clocks: !drive.clocksDriven })
  const sweeper = new Sweeper({
    ...given,
    desk,
    everyMs: options.sweepEveryMs ?? 5_000,
    unstartedMs: options.unstartedMs ?? 5_000,
    overdueMs: options.overdueMs ?? 10_000,
  })
  return {
    launcher,
    router,
    async start() {
      await router.start()
      sweeper.start()
      if (isAlarmed(options)) alarm.start()
    },
    stop: () => Promise.all([router.stop(), sweeper.stop(), alarm.stop()]),
  }
}

type DueTest = Parameters<ImportDoors['moveTest']>[0]

/** Moves a test enrollment for the compressed run that has found it due, and tells its workflow what it must know. */
async function moveTest(
  deps: DriveDeps,
  launcher: Launcher,
  outages: Outages,
  { id, workspaceId }: DueTest,
): Promise<void> {
  const ids = { workspaceId, enrollmentId: id }
  const next = await outages.watch('fast clock', { enrollmentId: id }, () => driveEnrollment(deps, id))
  if (next.do === 'end') launcher.launch([{ ...ids, do: 'finish' }])
  if (next.do === 'send') launcher.launch([{ ...ids, do: 'wake', started: false }])
}

/** What delivers messages: connections by their settings and a desk that uses them. */
function openDesk(
  options: EngineOptions,
  given: Pick<DeliverDeps, 'pool' | 'commits' | 'plans' | 'log' | 'outages'>,
) {
  const { secret, mailboxPort, smtpUrl, baseUrl, sendTimeoutMs = 60_000 } = options
  const verdictMs = options.sendVerdictMs ?? longestVerdictMs
  const trustedHosts = smtpUrl ? [parseSmtpUrl(smtpUrl).config.host] : []
  const connections = new ConnectionShelf({ secret, mailboxPort, trustedHosts })
  const leaseMs = options.sendLeaseMs ?? sendTimeoutMs + 30_000
  const content = { secret, baseUrl, quickTemplates: new Set<string>(), quickMs }
  const times = { timeoutMs: sendTimeoutMs, verdictMs, leaseMs }
  const desk = new SendDesk({ ...given, ...content, ...times, connections })
  return { desk, connections }
}

function journeyQueues(
  activities: ReturnType<typeof advanceActivities>,
  desk: SendDesk,
  outages: Outages,
): QueueOptions[] {
  return [
    {
      taskQueue: journeysQueue,
      workflows: true,
      activities,
      maxCachedWorkflows: 500,
      maxConcurrentWorkflowTaskExecutions: 40,
      maxConcurrentLocalActivityExecutions: 16,
      maxConcurrentActivityTaskExecutions: 1,
      shutdownGraceTime: '20 s',
      shutdownForceTime: '25 s',
    },
    {
      taskQueue: sendQueue,
      workflows: false,
      activities: sendActivities(desk, outages),
      maxConcurrentActivityTaskExecutions: 20,
      shutdownGraceTime: '20 s',
      shutdownForceTime: '25 s',
    },
  ]
}

async function becomeReady(ready: () => boolean, timeoutMs: number): Promise<void> {
  const patience = Date.now() + timeoutMs
  while (!ready()) {
    if (Date.now() > patience)
      throw new Error('The engine did not become ready: is Temporal reached, and the database?')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
