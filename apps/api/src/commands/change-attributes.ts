import type { Queryable } from '@tropa/db'
import { noteSaidByMember } from '@tropa/db/attributes-before'
import { catalogueKeys, saveCatalogue } from '@tropa/db/catalogue-seen'
import { findCustomer, updateAttributes } from '@tropa/db/customers'
import { Failure } from '../errors.ts'

/**
 * Sets a customer's attributes, and clears those whose value is null. A group of values or a list is not replaced by one
 * value: what conditions and letters read in it would be gone.
 */
export async function changeAttributes(
  tx: Queryable,
  workspaceId: string,
  id: string,
  attributes: Record<string, unknown>,
): Promise<void> {
  if (!(await updateAttributes(tx, workspaceId, id, attributes))) {
    const isThere = await findCustomer(tx, workspaceId, id)
    throw new Failure(isThere ? 'attribute_is_a_group' : 'not_found')
  }
  await noteSaidByMember(tx, id, attributes)
  await noteAttributes(tx, workspaceId, attributes)
}

/** Adds attributes that a member has set to those that conditions and templates may name. */
export async function noteAttributes(
  tx: Queryable,
  workspaceId: string,
  attributes: Record<string, unknown>,
): Promise<void> {
  const seen = catalogueKeys(workspaceId, [{ name: '$identify', properties: {}, traits: attributes }])
  await saveCatalogue(tx, workspaceId, seen)
}
