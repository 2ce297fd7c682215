import type { ProcessIdentity } from '../machine/process-identity.ts'
import { createKeeper, type Keeper, type Part, type Patience } from './keeper.ts'
import { openLog } from './log.ts'

/** Keeps processes alive until told to stop. */
export interface Supervisor {
  /** Starts a part and resolves when it is ready; rejects when it never gets there. */
  start(part: Part): Promise<void>
  /** Stops all parts, the last started first; may be called many times. */
  stop(): Promise<void>
}

const patienceByDefault: Patience = {
  firstDelayMs: 1_000,
  longestDelayMs: 30_000,
  healthyMs: 60_000,
  killAfterMs: 30_000,
  attempts: 3,
}

/** Makes a supervisor that logs to files under `logDir` and tells problems and restarts through `say`. */
export function createSupervisor(options: {
  logDir: string
  say(line: string): void
  onChildren(children: (ProcessIdentity & { name: string })[]): void
  patience?: Partial<Patience>
}): Supervisor {
  const { logDir, say, onChildren } = options
  const patience = { ...patienceByDefault, ...options.patience }
  const keepers: Keeper[] = []
  let stopping: Promise<void> | null = null

  const changed = () =>
    onChildren(
      keepers.flatMap((keeper) => {
        const identity = keeper.identity()
        return identity ? [{ name: keeper.name, ...identity }] : []
      }),
    )

  const start = async (part: Part) => {
    if (stopping) throw new Error(`${part.name} was not started: Tropa is stopping.`)
    const keeper = createKeeper(part, { log: openLog(logDir, part.name), patience, say, changed })
    keepers.push(keeper)
    await keeper.start()
  }

  const stop = () => {
    stopping ??= (async () => {
      for (const keeper of [...keepers].reverse()) await keeper.stop()
    })()
    return stopping
  }

  return { start, stop }
}
