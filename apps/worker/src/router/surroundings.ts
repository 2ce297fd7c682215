import { clocksById, type StoredClock } from '@tropa/db/clocks'
import { activeOfCustomers } from '@tropa/db/enrollments'
import type { OutboxEvent } from '@tropa/db/outbox'
import { type LiveEntry, liveEntriesFor } from '@tropa/db/plans'
import type { Transaction } from '@tropa/db/statement'
import { type OpenWait, openWaits } from '@tropa/db/waits'
import type { PlanShelf } from '../enrollment/plan-shelf.ts'

/** An active enrollment whose journey has exit rules, and the events they name. */
interface Leavable {
  id: string
  customerId: string
  clockId: string | null
  exits: Set<string>
}

/**
 * Everything a batch of events may meet, read set-wise: live entries, open ears, enrollments with exit rules. Most
 * events meet nothing, and cost nothing more than their share of these reads.
 */
export class Surroundings {
  private readonly changed = new Set<string>()

  private constructor(
    private readonly tx: Transaction,
    private readonly plans: PlanShelf,
    private readonly entries: LiveEntry[],
    private readonly waits: OpenWait[],
    private readonly leavables: Leavable[],
    private readonly clocks: Map<string, StoredClock>,
  ) {}

  static async read(tx: Transaction, plans: PlanShelf, events: OutboxEvent[]): Promise<Surroundings> {
    const customers = [...new Set(events.map(({ customerId }) => customerId))]
    const names = [...new Set(events.map(({ name }) => name))]
    const workspaces = events.map(({ workspaceId }) => workspaceId)
    const clockIds = [...new Set(events.flatMap(({ clockId }) => clockId ?? []))]
    const entries = await liveEntriesFor(
      tx,
      workspaces,
      events.map(({ name }) => name),
    )
    const waits = await openWaits(tx, customers, names)
    const leavables = await leavablesOf(tx, plans, customers)
    const clocks = clockIds.length > 0 ? await clocksById(tx, clockIds) : []
    const clockById = new Map(clocks.map(({ clock }) => [clock.id, clock]))
    return new Surroundings(tx, plans, entries, waits, leavables, clockById)
  }

  /** The ways in for an event; a journey's come one after another. */
  entriesFor(event: OutboxEvent): LiveEntry[] {
    return this.entries.filter(
      (entry) => entry.workspaceId === event.workspaceId && entry.event === event.name,
    )
  }

  clockOf(event: OutboxEvent): StoredClock | null {
    return event.clockId === null ? null : (this.clocks.get(event.clockId) ?? null)
  }

  /** Enrollments that an event may wake or make leave. */
  async concernedBy(event: OutboxEvent): Promise<string[]> {
    const again = this.changed.has(event.customerId)
    const waits = again ? await openWaits(this.tx, [event.customerId], [event.name]) : this.waits
    const leavables = again ? await leavablesOf(this.tx, this.plans, [event.customerId]) : this.leavables
    const mine = (one: { customerId: string; clockId: string | null }) =>
      one.customerId === event.customerId && one.clockId === event.clockId
    const heard = waits.filter(
      (wait) =>
        mine(wait) &&
        wait.event === event.name &&
        wait.since < event.occurredAt &&
        event.occurredAt <= wait.until,
    )
    const leaving = leavables.filter((one) => mine(one) && one.exits.has(event.name))
    return [...new Set([...leaving.map(({ id }) => id), ...heard.map(({ enrollmentId }) => enrollmentId)])]
  }

  /** Says that something about a customer has changed in this transaction, so that it must be read again. */
  touch(customerId: string): void {
    this.changed.add(customerId)
  }
}

async function leavablesOf(tx: Transaction, plans: PlanShelf, customers: string[]): Promise<Leavable[]> {
  const leavables: Leavable[] = []
  for (const { id, customerId, versionId, clockId } of await activeOfCustomers(tx, customers)) {
    const { plan } = await plans.take(tx, versionId)
    const exits = new Set(plan.settings.exitRules.map(({ event }) => event))
    if (exits.size > 0) leavables.push({ id, customerId, clockId, exits })
  }
  return leavables
}
