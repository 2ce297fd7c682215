import { type ChildProcess, spawn } from 'node:child_process'
import { type Ports, PortTaken, requireFree } from '../machine/ports.ts'
import { identify, type ProcessIdentity } from '../machine/process-identity.ts'
import { type LogFile, lineSplitter } from './log.ts'

/** One process to keep alive. */
export interface Part {
  name: string
  command: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
  cwd: string
  user?: { uid: number; gid: number } | null
  /** Open a message channel: the process may then say "ready", and notices when we are gone. */
  channel?: boolean
  /** The ports it listens on: another program there is told apart from a fault of its own. */
  listens?: Partial<Ports>
  stopSignal: NodeJS.Signals
  /** Whether the process with this pid does its work now; `said` tells whether it sent "ready". */
  isReady(pid: number, said: boolean): boolean | Promise<boolean>
  readyWithinMs: number
  /** What of a log line a person at the terminal must see, or null. */
  problem(line: string, fromStderr: boolean): string | null
}

/** How long to wait before a restart, and when a process is taken for dead. */
export interface Patience {
  firstDelayMs: number
  longestDelayMs: number
  /** A process that lived this long starts again from the first delay. */
  healthyMs: number
  killAfterMs: number
  /** So many deaths before the first "ready" end the start. */
  attempts: number
}

/** One process kept alive: started again with a growing delay whenever it ends. */
export interface Keeper {
  name: string
  identity(): ProcessIdentity | null
  /** Starts it and resolves when it is ready; rejects, with nothing left running, when it never gets there. */
  start(): Promise<void>
  stop(): Promise<void>
}

interface State {
  child: ChildProcess | null
  identity: ProcessIdentity | null
  saidReady: boolean
  wasReady: boolean
  stopping: boolean
  startedAt: number
  delayMs: number
  deaths: number
  tail: string[]
  timer: NodeJS.Timeout | null
}

/** What a keeper is given from outside. */
export interface KeeperSurroundings {
  log: LogFile
  patience: Patience
  say(line: string): void
  /** Called whenever the process begins or ends. */
  changed(): void
}

/** Makes the keeper of one part; nothing runs until `start`. */
export function createKeeper(part: Part, surroundings: KeeperSurroundings): Keeper {
  const { log, patience } = surroundings
  const state: State = {
    child: null,
    identity: null,
    saidReady: false,
    wasReady: false,
    stopping: false,
    startedAt: 0,
    delayMs: patience.firstDelayMs,
    deaths: 0,
    tail: [],
    timer: null,
  }
  const stop = async () => {
    state.stopping = true
    if (state.timer) clearTimeout(state.timer)
    if (state.child) await endChild(state.child, part.stopSignal, patience.killAfterMs)
    log.end()
  }
  return {
    name: part.name,
    identity: () => state.identity,
    start: async () => {
      try {
        await requireFree(part.listens ?? {})
        if (!state.stopping) launch(part, state, surroundings)
        await untilReady(part, state, patience.attempts)
        state.wasReady = true
      } catch (error) {
        await stop()
        throw error
      }
    },
    stop,
  }
}

function launch(part: Part, state: State, surroundings: KeeperSurroundings): void {
  const child = spawnPart(part)
  state.timer = null
  state.saidReady = false
  state.startedAt = Date.now()
  state.child = child
  state.identity = child.pid ? identify(child.pid) : null
  surroundings.changed()
  for (const [stream, isError] of [
    [child.stdout, false],
    [child.stderr, true],
  ] as const) {
    const lines = lineSplitter((line) => hear(part, state, surroundings, line, isError))
    stream?.on('data', lines.push)
    stream?.on('end', lines.flush)
  }
  child.on('message', (message) => {
    if (message === 'ready') state.saidReady = true
  })
  let over = false
  const ended = (how: string) => {
    if (over) return
    over = true
    bury(part, state, surroundings, how)
  }
  child.once('error', (error) => ended(error.message))
  child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`))
}

function hear(
  part: Part,
  state: State,
  { log, say }: KeeperSurroundings,
  line: string,
  isError: boolean,
): void {
  log.write(line)
  state.tail = [...state.tail.slice(-19), line]
  const problem = part.problem(line, isError)
  if (problem) say(`[${part.name}] ${problem}`)
}

function bury(part: Part, state: State, surroundings: KeeperSurroundings, how: string): void {
  const { patience, say } = surroundings
  state.child = null
  state.identity = null
  state.deaths += 1
  surroundings.changed()
  if (state.stopping) return
  if (Date.now() - state.startedAt > patience.healthyMs) state.delayMs = patience.firstDelayMs
  if (!state.wasReady && state.deaths >= patience.attempts) return
  say(`[${part.name}] ended (${how}); starting again in ${state.delayMs / 1000} s`)
  if (state.wasReady) void tellTakenPort(part, say)
  state.timer = setTimeout(() => launch(part, state, surroundings), state.delayMs)
  state.delayMs = Math.min(state.delayMs * 2, patience.longestDelayMs)
}

/** A part that ran keeps its ports, which other processes know: it waits until they are free again. */
async function tellTakenPort(part: Part, say: (line: string) => void): Promise<void> {
  await requireFree(part.listens ?? {}).catch((error: unknown) => {
    say(`[${part.name}] ${error instanceof PortTaken ? error.message : error}`)
  })
}

function spawnPart(part: Part): ChildProcess {
  return spawn(part.command, [...part.args], {
    ...(part.user ?? {}),
    cwd: part.cwd,
    env: part.env,
    // Own process group: Ctrl+C reaches the supervisor only, and it stops the parts in order.
    detached: process.platform !== 'win32',
    stdio: part.channel ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  })
}

async function untilReady(part: Part, state: State, attempts: number): Promise<void> {
  const deadline = Date.now() + part.readyWithinMs
  for (;;) {
    if (state.stopping) throw new Error(`${part.name} was stopped before it was ready.`)
    const pid = state.child?.pid
    if (pid && (await part.isReady(pid, state.saidReady)) && state.child?.pid === pid) return
    if (!state.child) await requireFree(part.listens ?? {})
    const last = state.tail.slice(-12).join('\n')
    if (state.deaths >= attempts)
      throw new Error(`${part.name} ended ${attempts} times before it was ready. It said last:\n${last}`)
    if (Date.now() > deadline)
      throw new Error(
        `${part.name} was not ready within ${part.readyWithinMs / 1000} s. It said last:\n${last}`,
      )
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function endChild(child: ChildProcess, signal: NodeJS.Signals, killAfterMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('exit', () => setTimeout(resolve, 1_000).unref())
  })
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  await ended
  clearTimeout(timer)
}
