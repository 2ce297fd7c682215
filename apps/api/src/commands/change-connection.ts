import { randomUUID } from 'node:crypto'
import { type ConnectorManifest, connectors, openSmtp, smtpConfig } from '@tropa/connectors'
import type { Queryable } from '@tropa/db'
import {
  type ConnectionRow,
  deleteConnection,
  findConnection,
  insertConnection,
  updateConnection,
} from '@tropa/db/connections'
import type { Text } from '@tropa/journey'
import { sealSecrets, secretsOf } from '../connection-secrets.ts'
import type { Deps } from '../context.ts'
import { Failure } from '../errors.ts'
import { issuesOf } from '../input.ts'
import { journeysUsing } from '../journeys-using.ts'

type Needs = { db: Queryable } & Pick<Deps, 'installation'>

/** What a member may say about a connection. An empty secret keeps the one that is there. */
export interface ConnectionWish {
  name?: string | undefined
  config?: Record<string, unknown> | undefined
  secrets?: Record<string, string> | undefined
  isDefault?: true | undefined
  enabled?: boolean | undefined
}

/** Adds a connection of a connector. */
export async function addConnection(
  { db, installation }: Needs,
  workspaceId: string,
  connector: string,
  wish: ConnectionWish & { name: string },
): Promise<ConnectionRow> {
  const manifest = connectors.find(({ id }) => id === connector)
  const [channel] = manifest?.channels ?? []
  if (!manifest || !channel) throw new Failure('not_found')
  const id = randomUUID()
  const secrets = knownSecrets(manifest, wish.secrets ?? {})
  return insertConnection(db, {
    id,
    workspaceId,
    connector,
    channel,
    name: wish.name,
    config: checkedConfig(manifest, wish.config ?? {}),
    secrets: sealSecrets(installation.secret, { workspaceId, id }, secrets),
    isDefault: wish.isDefault ?? false,
  })
}

/** Changes a connection. The built-in mailbox can be renamed and made the default, nothing else. */
export async function changeConnection(
  { db, installation }: Needs,
  workspaceId: string,
  id: string,
  wish: ConnectionWish,
): Promise<ConnectionRow> {
  const row = await takeConnection({ db }, workspaceId, id)
  const manifest = connectors.find((one) => one.id === row.connector)
  if (!manifest || (row.isMailbox && (wish.config || wish.secrets || wish.enabled === false)))
    throw new Failure('connection_in_use')
  const fresh = wish.secrets && knownSecrets(manifest, wish.secrets)
  const secrets = fresh && { ...secretsOf(installation.secret, row), ...fresh }
  return updateConnection(db, row, {
    ...(wish.name === undefined ? {} : { name: wish.name }),
    ...(wish.config ? { config: checkedConfig(manifest, wish.config) } : {}),
    ...(secrets ? { secrets: sealSecrets(installation.secret, row, secrets) } : {}),
    ...(wish.isDefault ? { isDefault: true as const } : {}),
    ...(wish.enabled === undefined ? {} : { disabledAt: wish.enabled ? null : new Date() }),
  })
}

/** Takes a connection away unless a live journey or the mailbox needs it. */
export async function removeConnection({ db }: Pick<Needs, 'db'>, workspaceId: string, id: string) {
  const row = await takeConnection({ db }, workspaceId, id)
  const journeys = await journeysUsing(
    db,
    workspaceId,
    ({ connection, template }) =>
      connection === id || (row.isDefault && template !== undefined && connection === null),
  )
  if (row.isMailbox || journeys.length > 0) throw new Failure('connection_in_use', { journeys })
  await deleteConnection(db, workspaceId, id)
}

/** Connects, greets and logs in without sending anything; answers the connection it tried, too. */
export async function testConnection(
  { db, installation }: Needs,
  workspaceId: string,
  id: string,
): Promise<{ row: ConnectionRow; ok: boolean; sentence: Text | null }> {
  const row = await takeConnection({ db }, workspaceId, id)
  const config = smtpConfig.parse(row.config)
  const trusted = row.isMailbox || config.host === hostOf(installation.smtpUrl)
  const reach = trusted ? 'anywhere' : 'public'
  const connector = openSmtp(config, secretsOf(installation.secret, row), { reach, idleMs: 1 })
  try {
    const found = await connector.verify()
    return found.ok ? { row, ok: true, sentence: null } : { row, ok: false, sentence: found.sentence }
  } finally {
    await connector.close()
  }
}

function hostOf(url: string | null): string | null {
  return url ? new URL(url).hostname : null
}

async function takeConnection({ db }: Pick<Needs, 'db'>, workspaceId: string, id: string) {
  const row = await findConnection(db, workspaceId, id)
  if (!row) throw new Failure('not_found')
  return row
}

function checkedConfig(manifest: ConnectorManifest, config: Record<string, unknown>) {
  const parsed = manifest.config.safeParse(config)
  if (!parsed.success) throw new Failure('connection_wrong', { issues: issuesOf(parsed.error) })
  if (parsed.data.fromAddress === '')
    throw new Failure('connection_wrong', { issues: [{ path: 'fromAddress', message: 'No sender address' }] })
  return parsed.data as Record<string, unknown>
}

function knownSecrets(manifest: ConnectorManifest, given: Record<string, string>): Record<string, string> {
  const names = manifest.secrets.map(({ name }) => name)
  const unknown = Object.keys(given).filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new Failure('connection_wrong', {
      issues: unknown.map((name) => ({ path: `secrets.${name}`, message: 'No such secret' })),
    })
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
}
