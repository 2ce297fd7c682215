import { randomUUID } from 'node:crypto'
import { openSmtp, smtpConfig } from '@tropa/connectors'
import { findMailboxConnection } from '@tropa/db/connections'
import { findTemplate } from '@tropa/db/templates'
import { secretsOf } from '../connection-secrets.ts'
import type { Deps } from '../context.ts'
import { Failure } from '../errors.ts'
import { fillForTest } from './preview-template.ts'

const timeoutMs = 10_000

/** Sends a template, filled with made-up data, to an address in the built-in mailbox. Nothing leaves this installation. */
export async function sendTest(
  { db, installation }: Pick<Deps, 'db' | 'installation'>,
  workspaceId: string,
  templateId: string,
  to: string,
): Promise<void> {
  const template = await findTemplate(db, workspaceId, templateId)
  if (!template) throw new Failure('not_found')
  if (template.compiled === null) throw new Failure('template_has_problems')
  const connection = await findMailboxConnection(db, workspaceId)
  if (!connection) throw new Failure('mailbox_unavailable')
  const content = await fillForTest(db, workspaceId, template)
  const config = smtpConfig.parse(connection.config)
  const connector = openSmtp(config, secretsOf(installation.secret, connection), { idleMs: 1 })
  try {
    const result = await connector.send(
      {
        key: `test.${randomUUID()}`,
        from: { name: config.fromName, address: config.fromAddress },
        to,
        subject: content.subject,
        html: content.html,
        text: content.text,
        headers: { 'X-Tropa-Test': 'yes' },
        unsubscribeUrl: null,
      },
      { timeoutMs },
    )
    if (result.outcome !== 'accepted') throw new Failure('mailbox_unavailable', { reason: result.reason })
  } finally {
    await connector.close()
  }
}
