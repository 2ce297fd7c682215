import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { parseMail, type StoredMail } from './mail.ts'

export type { StoredMail } from './mail.ts'

/** What the mailbox server asks of its host. */
export interface MailboxServerOptions {
  host: string
  /** 0 picks a free port. */
  port: number
  /** The workspace whose mailbox this login opens, or null. */
  authenticate(user: string, password: string): Promise<string | null>
  /** Keeps the mail; the sender hears 250 only after this resolved, and 451 when it rejects. */
  store(mail: StoredMail): Promise<void>
  /** The largest mail taken, in bytes; 10 MB when absent. */
  maxBytes?: number
  /** Told of every login or store that broke, so that nothing is swallowed. */
  onProblem?(problem: { during: 'login' | 'store' | 'server'; error: unknown }): void
}

/** A running mailbox server. */
export interface MailboxServer {
  port: number
  close(): Promise<void>
}

const defaultMaxBytes = 10_000_000

/** Starts the built-in mailbox: a real SMTP server that wants a login and keeps what it accepts. */
export async function startMailboxServer(options: MailboxServerOptions): Promise<MailboxServer> {
  const { maxBytes = defaultMaxBytes } = options
  const report = options.onProblem ?? (() => undefined)
  const server = new SMTPServer({
    name: 'mailbox.tropa',
    banner: 'Tropa mailbox',
    size: maxBytes,
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    noDelay: true,
    maxRecipients: 100,
    socketTimeout: 5 * 60_000,
    closeTimeout: 2_000,
    logger: false,
    onAuth(auth, _session, callback) {
      options.authenticate(auth.username ?? '', auth.password ?? '').then(
        (workspaceId) => {
          if (workspaceId) callback(null, { user: workspaceId })
          else callback(smtpError(535, '5.7.8 The mailbox does not know this user and password'))
        },
        (error: unknown) => {
          report({ during: 'login', error })
          callback(smtpError(454, '4.7.0 The login cannot be checked now, try again in 5 seconds'))
        },
      )
    },
    onData(stream, session, callback) {
      receive(stream, session, options, maxBytes).then(
        () => callback(null, '2.0.0 Ok: kept in the mailbox'),
        (error: unknown) => {
          if (!(error instanceof SmtpRefusal)) report({ during: 'store', error })
          callback(
            error instanceof SmtpRefusal
              ? error
              : smtpError(451, '4.3.0 The mail cannot be kept now, try again in 5 seconds'),
          )
        },
      )
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      server.on('error', (error) => report({ during: 'server', error }))
      resolve()
    })
  })
  const { port } = server.server.address() as AddressInfo
  return { port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

class SmtpRefusal extends Error {
  readonly responseCode: number
  constructor(responseCode: number, text: string) {
    super(text)
    this.responseCode = responseCode
  }
}

const smtpError = (code: number, text: string): SmtpRefusal => new SmtpRefusal(code, text)

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  options: MailboxServerOptions,
  maxBytes: number,
): Promise<void> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= maxBytes) chunks.push(chunk)
  }
  if (size > maxBytes || stream.sizeExceeded)
    throw smtpError(552, `5.3.4 The mail is larger than ${maxBytes} bytes`)
  const parsed = await parseMail(Buffer.concat(chunks)).catch(() => {
    throw smtpError(554, '5.6.0 The mail cannot be read: it nests too deep or its headers are too long')
  })
  const { mailFrom, rcptTo } = session.envelope
  const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map((one) => one.address) }
  await options.store({ ...parsed, workspaceId: String(session.user), envelope, receivedAt: new Date() })
}
