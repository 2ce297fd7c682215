import { randomUUID } from 'node:crypto'
import { mailboxPassword, parseSmtpUrl, sealSecret } from '@tropa/connectors'
import type { Queryable } from '@tropa/db'
import { insertConnection, secretsOwner } from '@tropa/db/connections'
import { insertMember, insertWorkspace } from '@tropa/db/members'
import type { Installation } from '../context.ts'

/** A workspace to be. */
export interface NewWorkspace {
  name: string
  timeZone: string
  currency: string
  language: 'en' | 'ru'
  ownerId: string
  demo?: boolean
}

/**
 * Creates a workspace with its owner, its built-in mailbox and, when the installation has an SMTP server, a connection
 * to it as the default one. Answers the workspace's id.
 */
export async function createWorkspace(
  tx: Queryable,
  installation: Installation,
  wanted: NewWorkspace,
): Promise<string> {
  const id = randomUUID()
  const { name, timeZone, currency, language } = wanted
  const slug = `${slugOf(name)}-${id.slice(0, 8)}`
  const metadata = JSON.stringify({ demo: wanted.demo === true })
  await insertWorkspace(tx, { id, name, slug, metadata }, { timeZone, currency, language })
  await insertMember(tx, { id: randomUUID(), organizationId: id, userId: wanted.ownerId, role: 'owner' })
  const smtp = wanted.demo ? null : installation.smtpUrl
  if (installation.mailboxPort !== null)
    await addMailbox(tx, installation, { id, name, language }, smtp === null)
  if (smtp !== null) await addSmtp(tx, installation, id, smtp)
  return id
}

async function addMailbox(
  tx: Queryable,
  { secret, mailboxPort }: Installation,
  workspace: { id: string; name: string; language: 'en' | 'ru' },
  isDefault: boolean,
): Promise<void> {
  const id = randomUUID()
  const owner = secretsOwner({ workspaceId: workspace.id, id })
  const password = mailboxPassword(secret, workspace.id)
  await insertConnection(tx, {
    id,
    workspaceId: workspace.id,
    connector: 'smtp',
    channel: 'email',
    name: workspace.language === 'ru' ? 'Встроенная почта' : 'Built-in mailbox',
    config: {
      host: '127.0.0.1',
      port: mailboxPort,
      security: 'none',
      user: workspace.id,
      fromName: workspace.name,
      fromAddress: 'shop@mailbox.test',
    },
    secrets: sealSecret(secret, JSON.stringify({ password }), owner),
    isDefault,
    isMailbox: true,
  })
}

async function addSmtp(
  tx: Queryable,
  { secret }: Installation,
  workspaceId: string,
  smtpUrl: string,
): Promise<void> {
  const id = randomUUID()
  const { config, secrets } = parseSmtpUrl(smtpUrl)
  await insertConnection(tx, {
    id,
    workspaceId,
    connector: 'smtp',
    channel: 'email',
    name: config.host,
    config,
    secrets: sealSecret(secret, JSON.stringify(secrets), secretsOwner({ workspaceId, id })),
    isDefault: true,
  })
}

function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return plain.slice(0, 40) || 'workspace'
}
