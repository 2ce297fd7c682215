import { takeEvents } from '@tropa/db/outbox'
import { partitions } from '@tropa/db/partition'
import { inTransaction } from '@tropa/db/statement'
import type { AnyKind } from '@tropa/journey'
import { pino } from 'pino'
import { drive } from '../enrollment/drive.ts'
import { PlanShelf } from '../enrollment/plan-shelf.ts'
import { Outages } from '../outages.ts'
import { routeEvents } from '../router/route.ts'
import { ConnectionShelf } from '../send/connection-shelf.ts'
import { SendDesk } from '../send/desk.ts'
import type { World } from './world.ts'

/** Router and legs without Temporal: everything that is due happens when a test says so. */
export class LegsByHand {
  private readonly plans = new PlanShelf()
  private readonly desk: SendDesk

  constructor(
    private readonly world: World,
    private readonly kinds: readonly AnyKind[],
    { secret, mailboxPort }: { secret: string; mailboxPort: number },
  ) {
    const log = pino({ level: 'silent' })
    this.desk = new SendDesk({
      pool: world.pool,
      commits: world.commits,
      plans: this.plans,
      connections: new ConnectionShelf({ secret, mailboxPort, trustedHosts: [] }),
      log,
      outages: new Outages(log),
      secret,
      baseUrl: 'http://tropa.example',
      timeoutMs: 10_000,
      verdictMs: 0,
      leaseMs: 20_000,
      quickTemplates: new Set(),
      quickMs: 60_000,
    })
  }

  /** Routes everything in the outbox. */
  async route(): Promise<void> {
    const { plans, kinds } = this
    for (;;) {
      const routed = await inTransaction(this.world.pool, async (tx) => {
        const events = await takeEvents(tx, partitions, 50)
        if (events.length > 0) await routeEvents({ plans, kinds, legsInRouter: true }, tx, events)
        return events.length
      })
      if (routed === 0) return
    }
  }

  /** Moves the active enrollments of a customer as far as they go now. */
  async goOn(customerId: string): Promise<void> {
    const { plans, kinds, desk } = this
    const mine = (await this.world.enrollments()).filter((one) => one.customerId === customerId)
    for (const { id } of mine) {
      const deps = { plans, kinds, desk, commits: this.world.commits, inlineMs: 10_000 }
      for (;;) {
        const next = await drive(deps, id)
        if (next.do === 'end' || (next.do === 'sleep' && next.forMs > 1)) break
      }
    }
  }
}
