import { openSecret, sealSecret } from '@tropa/connectors'
import { secretsOwner } from '@tropa/db/connections'

interface Owned {
  workspaceId: string
  id: string
}

/** Seals the write-only fields of a connection to that connection. */
export function sealSecrets(secret: string, owner: Owned, secrets: Record<string, string>): string {
  return sealSecret(secret, JSON.stringify(secrets), secretsOwner(owner))
}

/** Opens the write-only fields of a connection; throws when they were moved or altered. */
export function secretsOf(
  secret: string,
  connection: Owned & { secrets: string | null },
): Record<string, string> {
  if (connection.secrets === null) return {}
  return JSON.parse(openSecret(secret, connection.secrets, secretsOwner(connection)))
}
