import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'

type Dated = { occurredAt: number; dayOnly?: boolean }

/** An event of a customer of which perhaps only the day is known; `occurredAt` is epoch milliseconds. */
interface Placed<I extends Dated> {
  item: I
  customerId: string
}

const keyOf = (customerId: string, noon: number): string => `${customerId} ${noon}`

/** How many events of the same customers already stand at the same noons: in `events`, or in the feed of an import. */
export async function countDayOnly(
  tx: Queryable,
  placed: Placed<Dated>[],
  feedOf: string | null = null,
): Promise<Map<string, number>> {
  const noons = new Map<string, { c: string; o: string }>()
  for (const { item, customerId } of placed) {
    if (!item.dayOnly) continue
    noons.set(keyOf(customerId, item.occurredAt), {
      c: customerId,
      o: new Date(item.occurredAt).toISOString(),
    })
  }
  if (noons.size === 0) return new Map()
  const source = feedOf
    ? sql`feed e where e.import_id = ${feedOf}::uuid`
    : sql`events e where e.source = 'import' and e.clock_id is null`
  const found = await tx.execute<{ c: string; o: number; n: number }>(sql`
    select t.c, (extract(epoch from t.o) * 1000)::float8 as o, e.n
    from jsonb_to_recordset(${JSON.stringify([...noons.values()])}::jsonb) as t(c uuid, o timestamptz)
    cross join lateral (
      select count(*)::int as n from ${source} and e.customer_id = t.c
        and e.occurred_at >= t.o and e.occurred_at < t.o + interval '1 hour'
    ) e where e.n > 0`)
  return new Map(found.rows.map(({ c, o, n }) => [keyOf(c, o), n]))
}

/** Gives each of a customer's events of one day its own second after noon, in the order of the file. */
export function spreadDay<I extends Dated>(placed: Placed<I>[], earlier: Map<string, number>): Placed<I>[] {
  const next = new Map(earlier)
  return placed.map(({ item, customerId }) => {
    if (!item.dayOnly) return { item, customerId }
    const key = keyOf(customerId, item.occurredAt)
    const n = next.get(key) ?? 0
    next.set(key, n + 1)
    return { item: { ...item, occurredAt: item.occurredAt + Math.min(n, 3_599) * 1_000 }, customerId }
  })
}
