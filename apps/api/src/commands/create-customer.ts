import type { Queryable } from '@tropa/db'
import { type ConsentChange, changeConsent, insertCustomer } from '@tropa/db/customers'
import type { Identifier } from '@tropa/db/identities'
import { Failure } from '../errors.ts'
import { noteAttributes } from './change-attributes.ts'

/** Creates a customer with identifiers and consents; refuses an identifier that somebody has already. */
export async function createCustomer(
  db: Queryable,
  workspaceId: string,
  wanted: { attributes: Record<string, unknown>; identifiers: Identifier[]; consents: ConsentChange[] },
): Promise<string> {
  return db.transaction(async (tx) => {
    const id = await insertCustomer(tx, workspaceId, wanted)
    if (id === null) throw new Failure('identifier_taken')
    await noteAttributes(tx, workspaceId, wanted.attributes)
    for (const consent of wanted.consents) await changeConsent(tx, workspaceId, id, consent)
    return id
  })
}
