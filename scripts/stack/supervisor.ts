import type { ProcessIdentity } from '../machine/process-identity.ts'
import { createKeeper, type Keeper, type Part, type Patience } from './keeper.ts'
import { openLog } from './log.ts'

/** Keeps processes alive until told to stop. */
export interface Supervisor {
  /** Starts a part and resolves when it is ready; rejects, with `PortTaken` where that is why, when it never gets there. */
  start(part: Part): Promise<void>
  /** Stops the parts of these names, the last started first; those that do not run are passed over. */
  end(names: readonly string[]): Promise<void>
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

  const forget = (keeper: Keeper) => {
    const at = keepers.indexOf(keeper)
    if (at >= 0) keepers.splice(at, 1)
  }

  const start = async (part: Part) => {
    if (stopping) throw new Error(`${part.name} was not started: Tropa is stopping.`)
    const keeper = createKeeper(part, { log: openLog(logDir, part.name), patience, say, changed })
    keepers.push(keeper)
    try {
      await keeper.start()
    } catch (error) {
      forget(keeper)
      throw error
    }
  }

  const end = async (names: readonly string[]) => {
    for (const keeper of keepers.filter(({ name }) => names.includes(name)).reverse()) {
      await keeper.stop()
      forget(keeper)
    }
  }

  const stop = () => {
    stopping ??= (async () => {
      for (const keeper of [...keepers].reverse()) await keeper.stop()
    })()
    return stopping
  }

  return { start, end, stop }
}
