import { notYetAt } from '@tropa/db/clocks'
import { type OutboxEvent, putBack } from '@tropa/db/outbox'
import type { Transaction } from '@tropa/db/statement'

/**
 * On a compressed clock days pass in moments, so an event can come before the customer's earlier timers and messages
 * have been dealt with. Such events go back to the outbox, and with them every later one of the same customer: the path
 * is then the one that the same events would have taken in real time, however busy the machine is.
 * Answers the events that may be routed now.
 */
export async function keepOrder(tx: Transaction, events: OutboxEvent[]): Promise<OutboxEvent[]> {
  const clocked = events.filter(({ clockId }) => clockId !== null)
  if (clocked.length === 0) return events
  const behind = await notYetAt(
    tx,
    clocked.map(({ clockId }) => clockId as string),
    clocked.map(({ customerId }) => customerId),
    clocked.map(({ occurredAt }) => occurredAt),
  )
  if (behind.length === 0) return events
  const held = new Set(behind.map(({ customerId, clockId }) => `${customerId} ${clockId}`))
  const early = clocked.filter(({ customerId, clockId }) => held.has(`${customerId} ${clockId}`))
  await putBack(tx, early)
  return events.filter((event) => !early.includes(event))
}
