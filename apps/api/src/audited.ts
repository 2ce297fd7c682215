import type { Queryable } from '@tropa/db'
import { insertAudit } from '@tropa/db/audit'
import type { Context } from 'hono'
import type { ApiEnv, AuditNote } from './context.ts'

/** Writes the audit row of a member's call; `tx` must be the transaction of what the call changes. */
export async function record(c: Context<ApiEnv>, tx: Queryable, note: AuditNote = {}): Promise<void> {
  const { action, workspaceId, user } = c.var
  const { objectId = c.req.param('id') ?? c.req.param('userId') ?? null, detail = {} } = note
  const [object = action] = action.split('.')
  const path = c.req.path.split('/').slice(4)
  const verb = path.length > 2 ? (path.at(-1) ?? '') : c.req.method.toLowerCase()
  await insertAudit(tx, {
    workspaceId,
    memberId: user.id,
    action: `${object}.${verb}`,
    object,
    objectId,
    detail,
  })
  c.set('recorded', true)
}

/** Runs a member's change and writes its audit row in one transaction: both stay, or neither does. */
export function audited<T>(
  c: Context<ApiEnv>,
  change: (tx: Queryable) => Promise<T>,
  noteOf: (result: T) => AuditNote = () => ({}),
): Promise<T> {
  return c.var.deps.db.transaction(async (tx) => {
    const result = await change(tx)
    await record(c, tx, noteOf(result))
    return result
  })
}
