import { createHash } from 'node:crypto'
import {
  type EmailConnector,
  type EmailSender,
  mailboxPassword,
  openSecret,
  openSmtp,
  type SmtpSecrets,
  smtpConfig,
} from '@tropa/connectors'
import { secretsOwner } from '@tropa/db/connections'
import type { GateConnection } from '@tropa/db/messages'

/** A connection ready to send. */
export interface OpenConnection {
  connector: EmailConnector
  sender: EmailSender
}

export interface ShelfOptions {
  /** Opens sealed secrets and makes the mailbox password. */
  secret: string
  /** Where the built-in mailbox listens; the port kept with a mailbox connection when absent. */
  mailboxPort?: number | undefined
  /** Hosts that may be on this machine or network: those the operator set, not a member. */
  trustedHosts: readonly string[]
}

/** Keeps connections open by their settings, so that SMTP sessions are used again; changed settings open anew. */
export class ConnectionShelf {
  private readonly open = new Map<string, { print: string; ready: OpenConnection }>()

  constructor(private readonly options: ShelfOptions) {}

  /** Throws a sentence when the settings cannot be used or the secrets do not open. */
  take(workspaceId: string, connection: GateConnection): OpenConnection {
    const print = createHash('sha256')
      .update(JSON.stringify(connection.config))
      .update(connection.secrets ?? '')
    const key = print.digest('hex')
    const known = this.open.get(connection.id)
    if (known?.print === key) return known.ready
    const ready = this.make(workspaceId, connection)
    if (known) void known.ready.connector.close()
    this.open.set(connection.id, { print: key, ready })
    return ready
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.open.values()].map(({ ready }) => ready.connector.close()))
    this.open.clear()
  }

  private make(workspaceId: string, connection: GateConnection): OpenConnection {
    const { secret, mailboxPort, trustedHosts } = this.options
    if (connection.connector !== 'smtp')
      throw new Error(`There is no connector called ${connection.connector} in this version`)
    const config = smtpConfig.parse(connection.config)
    const sender = { name: config.fromName, address: config.fromAddress }
    if (connection.isMailbox) {
      const settings = { ...config, user: workspaceId, ...(mailboxPort ? { port: mailboxPort } : {}) }
      const connector = openSmtp(settings, { password: mailboxPassword(secret, workspaceId) })
      return { connector, sender: { ...sender, address: sender.address || 'journeys@mailbox.example' } }
    }
    if (!sender.address) throw new Error('The connection has no sender address: set one in its settings')
    const secrets = connection.secrets
      ? (JSON.parse(
          openSecret(secret, connection.secrets, secretsOwner({ workspaceId, id: connection.id })),
        ) as SmtpSecrets)
      : {}
    const reach = trustedHosts.includes(config.host) ? 'anywhere' : 'public'
    return { connector: openSmtp(config, secrets, { reach }), sender }
  }
}
