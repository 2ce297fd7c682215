/**
 * The parts of a statement that let go what was tried in vain through the connections that `working` names by workspace
 * and id. Whether that was the connection's fault or the message's is not asked: one try too early does no harm.
 */
export const releaseTried = `waiting as (
     select m.id from messages m join working c on c.workspace_id = m.workspace_id and c.id = m.connection_id
     where m.status = 'planned' and m.reason = 'provider_temporary'
     for no key update of m skip locked
   ), released as (
     update messages m set reason = 'connection_broken' from waiting where m.id = waiting.id
   )`
