import { lockFreeCustomers } from '@tropa/db/enrollments'
import { type OutboxEvent, putBack } from '@tropa/db/outbox'
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

  /** Puts the events of those who are still held back into the outbox, where they keep their place; answers the others. */
  async putBack(tx: Transaction, events: OutboxEvent[]): Promise<OutboxEvent[]> {
    const suspects = [...new Set(events.map(({ customerId }) => customerId))].filter((id) =>
      this.known.has(id),
    )
    if (suspects.length === 0) return events
    for (const id of suspects) this.known.delete(id)
    for (const { id } of await lockFreeCustomers(tx, suspects)) this.known.add(id)
    const isHeld = ({ customerId }: OutboxEvent) => this.known.has(customerId)
    await putBack(tx, events.filter(isHeld))
    return events.filter((event) => !isHeld(event))
  }
}
