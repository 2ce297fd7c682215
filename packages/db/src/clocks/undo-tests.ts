import type pg from 'pg'
import { lockCustomers } from '../enrollments/enrollments.ts'
import { inTransaction, statement } from '../statement.ts'

/** A test enrollment of a compressed run and the step keys of its messages. */
export interface TestEnrollment {
  id: string
  /** The customer, or the one they were merged into since: whose lock the legs take. */
  personId: string
  stepKeys: string[]
}

/** Test enrollments that lived by the clock of an import's compressed run, active or ended. */
export const testEnrollmentsOf = statement<
  [workspaceId: string, importId: string, limit: number],
  TestEnrollment
>(
  `select e.id, coalesce(c.merged_into, e.customer_id) as "personId",
     array(select concat_ws('.', m.enrollment_id, m.node, m.visit) from messages m where m.enrollment_id = e.id)
       as "stepKeys"
   from clocks k join enrollments e on e.clock_id = k.id left join customers c on c.id = e.customer_id
   where k.workspace_id = $1 and k.import_id = $2::uuid order by e.id limit $3`,
)

/** Removes mails of the built-in mailbox by the part of their Message-ID before the @, which stands for a step key. */
export const forgetMails = statement<[workspaceId: string, stems: string[]]>(
  `delete from mails where workspace_id = $1 and split_part(message_id, '@', 1) = any($2::text[])`,
)

/**
 * Takes test enrollments back without a trace: steps, waits, messages and attempts go, and the numbers on the canvas
 * that they had moved go back. Legs of the same customers wait meanwhile.
 */
export function removeTestEnrollments(pool: pg.Pool, enrollments: TestEnrollment[]): Promise<void> {
  return inTransaction(pool, async (tx) => {
    await lockCustomers(tx, [...new Set(enrollments.map(({ personId }) => personId))])
    const ids = enrollments.map(({ id }) => id)
    await uncount(tx, ids)
    await removeAll(tx, ids)
  })
}

const uncount = statement<[enrollmentIds: string[]]>(
  `insert into count_deltas (version_id, node, output, n)
   select version_id, node, output, -count(*)::int from (
     select version_id, node, '' as output from steps where enrollment_id = any($1::uuid[])
     union all
     select version_id, node, coalesce(output, ':' || status) from steps where enrollment_id = any($1::uuid[])
     union all
     select version_id, place, '' from enrollments
     where id = any($1::uuid[]) and status = 'active' and place is not null
   ) moved group by 1, 2, 3 order by 1, 2, 3`,
)

const removeAll = statement<[enrollmentIds: string[]]>(
  `with gone_attempts as (
     delete from attempts a using messages m where m.enrollment_id = any($1::uuid[]) and a.message_id = m.id
   ), gone_messages as (delete from messages where enrollment_id = any($1::uuid[])),
   gone_waits as (delete from waits where enrollment_id = any($1::uuid[])),
   gone_steps as (delete from steps where enrollment_id = any($1::uuid[])),
   gone_requests as (delete from requests where enrollment_id = any($1::uuid[])),
   gone_slots as (
     delete from entry_slots s using enrollments e left join customers c on c.id = e.customer_id
     where e.id = any($1::uuid[]) and s.journey_id = e.journey_id and s.entry_key = e.entry_key
       and s.customer_id = any(array[e.customer_id, c.merged_into])
   )
   delete from enrollments where id = any($1::uuid[])`,
)
