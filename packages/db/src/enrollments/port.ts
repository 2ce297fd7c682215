import { epochMs, statement } from '../statement.ts'

/** The attributes of a customer as the present state has them. */
export const attributesOf = statement<[customerId: string], { attributes: Record<string, unknown> }>(
  'select attributes from customers where id = $1',
)

/** The consent to a channel as a whole, if any was ever given or revoked. */
export const consentOf = statement<
  [customerId: string, channel: string],
  { state: 'granted' | 'revoked'; changedAt: number }
>(
  `select state, ${epochMs('changed_at')} as "changedAt" from consents
   where customer_id = $1 and channel = $2 and topic = ''`,
)

/**
 * Number of events of a customer in (from, to], by whole milliseconds, and the sum of one property of theirs where it is a number.
 * Outside a compressed run (`clockId` null) the events of such runs do not count.
 */
export const eventsWithin = statement<
  [customerId: string, event: string, from: string, to: string, clockId: string | null, property: string],
  { count: number; sum: number }
>(
  `select count(*)::float8 as count,
     coalesce(sum((properties ->> $6)::float8) filter (where jsonb_typeof(properties -> $6) = 'number'), 0) as sum
   from events
   where customer_id = $1 and name = $2 and occurred_at >= $3::timestamptz + interval '1 ms'
     and occurred_at < $4::timestamptz + interval '1 ms'
     and (clock_id is null or clock_id = $5)`,
)

/**
 * Sets and clears attributes: `changes` are merged in, `cleared` names are taken out. What is set belongs to what
 * conditions and templates may name from then on.
 */
export const changeAttributes = statement<[customerId: string, changes: string, cleared: string[]]>(
  `with changed as (
     update customers set attributes = (attributes || $2::jsonb) - $3::text[], updated_at = now() where id = $1
     returning workspace_id)
   insert into attribute_catalogue (workspace_id, name, value_type)
   select workspace_id, key, case jsonb_typeof(value) when 'string' then 'text' else jsonb_typeof(value) end
   from changed, jsonb_each($2::jsonb) order by key
   on conflict do nothing`,
)
