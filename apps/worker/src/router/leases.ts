import { engineCalls } from '@tropa/db/engine-calls'
import { leasePartition, releasePartition, routersAlive } from '@tropa/db/outbox'
import { partitions } from '@tropa/db/partition'
import pg from 'pg'
import type { Outages } from '../outages.ts'

const rebalanceMs = 5_000
const reconnectMs = 500

/**
 * Holds this process's share of the outbox's partitions, as advisory locks of one connection, and hears of new events on
 * the same connection. When the connection is lost the partitions are free for others, and a new one is opened.
 */
export class Leases {
  readonly held = new Set<number>()
  private client: pg.Client | null = null
  private stopped = false
  private hurry: () => void = () => undefined
  private turning: Promise<void> = Promise.resolve()

  constructor(
    private readonly databaseUrl: string,
    private readonly outages: Outages,
    /** Called whenever there may be something to route, with the partitions if they are told. */
    private readonly stir: (told?: number[]) => void,
    /** Called when the engine is told of something that no event brings. */
    private readonly called: () => void = () => undefined,
  ) {}

  /** Whether the database was reached the last time: without it no partitions are held and nothing is looked for. */
  get connected(): boolean {
    return this.client !== null
  }

  /** Resolves when it has its first share, or has failed to get it once. */
  async start(): Promise<void> {
    const pause = await this.turn()
    this.turning = this.keepTurning(pause)
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.hurry()
    await this.turning
    this.held.clear()
    await this.client?.end().catch(() => undefined)
  }

  /** One turn after another: two at once would leave a second connection behind that holds partitions for nobody. */
  private async keepTurning(first: number): Promise<void> {
    let pause = first
    while (!this.stopped) {
      await this.sleep(pause)
      if (!this.stopped) pause = await this.turn()
    }
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.hurry = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Connects if need be and takes its share; answers how long to wait before the next turn. */
  private async turn(): Promise<number> {
    try {
      await this.outages.watch('router lease', {}, async () => {
        this.client ??= await this.connect()
        await this.rebalance(this.client)
      })
      return this.client ? rebalanceMs : reconnectMs
    } catch {
      this.drop()
      return reconnectMs
    }
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'tropa-router',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    })
    client.on('error', () => this.lost(client))
    client.on('end', () => this.lost(client))
    client.on('notification', ({ channel, payload }) => {
      if (channel === engineCalls) this.called()
      else this.stir(payload ? payload.split(',').map(Number) : undefined)
    })
    try {
      await client.connect()
      await client.query(`listen tropa_outbox; listen ${engineCalls}`)
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
  }

  private async rebalance(client: pg.Client): Promise<void> {
    const [alive] = await routersAlive(client)
    const share = Math.ceil(partitions.length / Math.max(1, alive?.routers ?? 1))
    for (const partition of [...this.held].slice(share)) {
      this.held.delete(partition)
      await releasePartition(client, partition)
    }
    for (const partition of partitions) {
      if (this.held.size >= share) break
      if (this.held.has(partition)) continue
      const [answer] = await leasePartition(client, partition)
      if (answer?.leased) this.held.add(partition)
    }
    this.stir()
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return
    this.drop()
    this.hurry()
  }

  private drop(): void {
    this.held.clear()
    const { client } = this
    this.client = null
    client?.end().catch(() => undefined)
  }
}
