import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'

/**
 * Gives the clock of a compressed run another speed from the instant it shows on; how long it stood still is counted
 * anew. A run whose clock has not started yet starts with it.
 */
export async function changePace(tx: Queryable, importId: string, secondsPerDay: number): Promise<void> {
  await tx.execute(sql`
    with before as (
      select id, scale, coalesce(paused_at, now()) as at from clocks
      where import_id = ${importId}::uuid and ended_at is null for update
    )
    update clocks c set scale = ${86_400 / secondsPerDay}::float8, stood_ms = 0,
      stood_since = c.virtual_start + (before.at - c.real_start) * before.scale,
      real_start = before.at - (before.at - c.real_start) * (before.scale / ${86_400 / secondsPerDay}::float8)
    from before where c.id = before.id`)
  await straightenDue(tx, importId)
}

/**
 * Puts the due times of a run's enrollments where its clock has them now. Whoever moves one at the moment of a change
 * may write a due time by the clock of before, so this is repeated for a while after it.
 */
export async function straightenDue(db: Queryable, importId: string): Promise<void> {
  await db.execute(sql`
    with wanted as (
      select e.id, to_timestamp(ceil(extract(epoch from k.real_start) * 1000 +
        ((e.state -> 'pending' -> 'command' ->> 'until')::float8 - extract(epoch from k.virtual_start) * 1000) / k.scale
      ) / 1000) as due_at
      from clocks k join enrollments e on e.clock_id = k.id
      where k.import_id = ${importId}::uuid and k.ended_at is null and e.status = 'active'
        and e.waiting_for in ('timer', 'event') and e.state -> 'pending' -> 'command' ->> 'until' is not null
    )
    update enrollments e set due_at = wanted.due_at from wanted
    where e.id = wanted.id and e.status = 'active' and abs(extract(epoch from e.due_at - wanted.due_at)) > 0.01`)
}
