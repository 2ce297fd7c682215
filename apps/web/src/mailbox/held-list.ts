import { useEffect, useState } from 'react'
import type { MailRow } from './mail.ts'

type Dated = Pick<MailRow, 'id' | 'receivedAt'>

/**
 * A list that stands still though letters go on arriving: the rows held, as they are now and without those deleted
 * since, then the older ones read meanwhile. `arrived` is how many newer ones are kept back.
 */
export function heldView<Row extends Dated>(
  held: readonly Row[],
  fresh: readonly Row[],
): { shown: Row[]; arrived: number } {
  const newest = held[0]
  const oldest = held.at(-1)
  const reach = fresh.at(-1)?.receivedAt
  if (!newest || !oldest || reach === undefined) return { shown: [...fresh], arrived: 0 }
  const now = new Map(fresh.map((row) => [row.id, row]))
  const known = new Set(held.map(({ id }) => id))
  const kept = held.flatMap((row) => {
    const present = now.get(row.id)
    if (present) return [present]
    return row.receivedAt <= reach ? [row] : []
  })
  const others = fresh.filter(({ id }) => !known.has(id))
  return {
    shown: [...kept, ...others.filter(({ receivedAt }) => receivedAt < oldest.receivedAt)],
    arrived: others.filter(({ receivedAt }) => receivedAt >= newest.receivedAt).length,
  }
}

/** Holds a list of letters while somebody reads or points at it; `release` lets in what has arrived. */
export function useHeldList(fresh: MailRow[], { holding, of }: { holding: boolean; of: string }) {
  const [held, setHeld] = useState<{ of: string; rows: MailRow[] } | null>(null)
  const mine = held?.of === of && held.rows.length > 0 ? held.rows : null
  const startsNow = holding && !mine && fresh.length > 0
  useEffect(() => {
    if (startsNow) setHeld({ of, rows: fresh })
    if (!holding) setHeld(null)
  }, [startsNow, holding, of, fresh])
  const view = holding && mine ? heldView(mine, fresh) : { shown: fresh, arrived: 0 }
  return { ...view, release: () => setHeld({ of, rows: fresh }) }
}
