import { lockFreeCustomers } from '@tropa/db/enrollments'
import type { OutboxEvent } from '@tropa/db/outbox'
import { partitionOf } from '@tropa/db/partition'
import { inTransaction, type Transaction } from '@tropa/db/statement'
import type pg from 'pg'

/** More than are ever held at once; beyond that it is forgotten who was. */
const mostKnown = 1_000

/** Customers whom somebody else held for so long that a batch gave up: until they are free, their events wait and no other's. */
export class HeldCustomers {
  private readonly known = new Set<string>()

  constructor(private readonly pool: pg.Pool) {}

  /** Finds out who of a batch that gave up is held; answers whether anybody is. */
  async find(events: readonly OutboxEvent[]): Promise<boolean> {
    if (this.known.size > mostKnown) this.known.clear()
    const customers = [...new Set(events.map(({ customerId }) => customerId))]
    const held = await inTransaction(this.pool, (tx) => lockFreeCustomers(tx, customers))
    for (const { id } of held) this.known.add(id)
    return held.length > 0
  }

  /** Who of some partitions is still held. Those who are not are locked until the end of the transaction, and forgotten. */
  async stillHeld(tx: Transaction, partitions: readonly number[]): Promise<string[]> {
    const suspects = [...this.known].filter((id) => partitions.includes(partitionOf(id)))
    if (suspects.length === 0) return []
    const held = (await lockFreeCustomers(tx, suspects)).map(({ id }) => id)
    for (const id of suspects) if (!held.includes(id)) this.known.delete(id)
    return held
  }
}
