const count = 64

/** The parts that customers are in by their ids: each worker looks after some, and a customer's events are all in one. */
export const partitions: number[] = Array.from({ length: count }, (_, part) => part)

/** The part a customer is in; ids are random, so the parts are even. */
export function partitionOf(customerId: string): number {
  return Number.parseInt(customerId.slice(-2), 16) % count
}

/** The same in SQL, of a uuid. */
export function partitionIn(column: string): string {
  return `('x' || right(${column}::text, 2))::bit(8)::int % ${count}`
}
