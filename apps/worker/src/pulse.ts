import { randomUUID } from 'node:crypto'
import { type OpenDatabase, openDatabase } from '@tropa/db'
import { engineSeen } from '@tropa/db/engines'
import type { Logger } from 'pino'
import { errorFields } from './outages.ts'

const usualEveryMs = 3_000

/**
 * Says in the database every few seconds that this engine lives and whether it works, on a connection of its own: so
 * members hear of it when it does not. An outage of the database is logged by whoever works with it.
 */
export class Pulse {
  private readonly id = randomUUID()
  private readonly database: OpenDatabase
  private timer: NodeJS.Timeout | undefined
  private beating: Promise<void> = Promise.resolve()
  private stopped = false

  constructor(
    databaseUrl: string,
    private readonly works: () => boolean,
    private readonly log: Logger,
    private readonly everyMs = usualEveryMs,
  ) {
    this.database = openDatabase(databaseUrl, { max: 1 })
  }

  start(): void {
    this.beating = this.beat()
  }

  /** Ends without a word: whoever looks later sees when this engine was last there. */
  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.timer)
    await this.beating
    await this.database.close()
  }

  private async beat(): Promise<void> {
    try {
      await engineSeen(this.database.pool, this.id, this.works())
    } catch (error) {
      this.log.debug(errorFields(error), 'the engine could not say that it lives')
    }
    if (!this.stopped) this.timer = setTimeout(() => this.start(), this.everyMs)
  }
}
