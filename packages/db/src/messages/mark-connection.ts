import { engineCalls } from '../engine/engine-calls.ts'

/**
 * The rest of a statement that marks a connection as `told` says by its id and a reason in words: as broken, or without a
 * reason as working again. Then the engine is told, and messages that were tried in vain need not wait for their next
 * try. Whether that was the connection's fault or the message's is not asked: one try too early does no harm.
 */
export const marking = `marked as (
    update connections n
    set broken_since = case when told.reason is null then null else now() end, broken_reason = told.reason
    from told where n.id = told.id and (n.broken_since is null) <> (told.reason is null)
    returning n.id, n.workspace_id, n.broken_since
  ), working as (
    select workspace_id, id from marked where broken_since is null
  ), waiting as (
    select m.id from messages m join working c on c.workspace_id = m.workspace_id and c.id = m.connection_id
    where m.status = 'planned' and m.reason = 'provider_temporary'
    for no key update of m skip locked
  ), released as (
    update messages m set reason = 'connection_broken' from waiting where m.id = waiting.id
  )
  select pg_notify('${engineCalls}', '') from working`
