import { randomUUID } from 'node:crypto'
import type { Queryable } from '@tropa/db'
import { findUserByEmail, insertPerson } from '@tropa/db/members'
import type { Auth } from '../auth.ts'
import { Failure } from '../errors.ts'

/** Creates a person who can sign in with a password; refuses an email that already has an account. */
export async function createPerson(
  tx: Queryable,
  auth: Auth,
  person: { name: string; email: string; password: string },
): Promise<string> {
  if (await findUserByEmail(tx, person.email)) throw new Failure('email_taken')
  const context = await auth.$context
  const id = randomUUID()
  await insertPerson(tx, {
    id,
    accountId: randomUUID(),
    name: person.name,
    email: person.email,
    passwordHash: await context.password.hash(person.password),
  })
  return id
}
