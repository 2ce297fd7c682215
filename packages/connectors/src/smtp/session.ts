import { Readable } from 'node:stream'
import SMTPConnection, { type Options, type SentMessageInfo } from 'nodemailer/lib/smtp-connection'
import type { SmtpConfig, SmtpSecrets } from './config.ts'
import { failureOf, SmtpFailure } from './failure.ts'
import type { WireMessage } from './mime.ts'
import type { SmtpStage } from './reply.ts'

const chunkBytes = 16_384
const resetTimeoutMs = 5_000

/** A server that is away is known soon, so that whoever waits for its sessions is not kept for the whole attempt. */
const usualPatience = { connectMs: 10_000, greetingMs: 30_000 }

/** Where a session connects: the host to show in TLS and the address to dial. */
export interface Endpoint {
  config: Pick<SmtpConfig, 'host' | 'port' | 'security' | 'user'>
  secrets: SmtpSecrets
  /** The checked address to dial instead of the host name. */
  address?: string
  /** How long the server may take to take a connection, and then to say its first word. */
  patience?: Partial<typeof usualPatience>
  /** Extra TLS settings; only tests trust other certificates. */
  tls?: { ca?: string }
}

/** One SMTP session that carries messages one after another. */
export class SmtpSession {
  messages = 0
  readonly #connection: SMTPConnection
  #dead = false
  #stage: SmtpStage = 'connect'
  #fail: ((failure: SmtpFailure) => void) | null = null
  #extend: ((ms: number) => void) | null = null
  onEnd: () => void = () => undefined

  private constructor(connection: SMTPConnection) {
    this.#connection = connection
    connection.on('error', (error) => this.#die(failureOf(error, this.#stage, false)))
    // a refusal that also closes the session reaches the send's own callback right after 'end'
    connection.on('end', () => setImmediate(() => this.#die(new SmtpFailure(this.#stage, 'connection'))))
  }

  /** Connects, upgrades to TLS as the config demands and logs in; rejects with `SmtpFailure`. */
  static async open(endpoint: Endpoint, timeoutMs: number): Promise<SmtpSession> {
    const connection = new SMTPConnection(connectionOptions(endpoint, timeoutMs))
    const session = new SmtpSession(connection)
    const deadline = Date.now() + timeoutMs
    try {
      await session.#within(timeoutMs, (done) => connection.connect((error) => done(error ?? null)))
      // the dot is a write of its own: without this it waits 40 ms for a delayed ACK (RFC 896, RFC 1122)
      if (connection._socket) connection._socket.setNoDelay(true)
      await session.#login(endpoint, Math.max(1, deadline - Date.now()))
    } catch (failure) {
      session.close()
      throw failure
    }
    return session
  }

  async #login(endpoint: Endpoint, timeoutMs: number): Promise<void> {
    const { user } = endpoint.config
    if (!user) return
    this.#stage = 'auth'
    const credentials = { user, pass: endpoint.secrets.password ?? '' }
    await this.#within(timeoutMs, (done) => this.#connection.login({ credentials }, (error) => done(error)))
  }

  get dead(): boolean {
    return this.#dead
  }

  /** Hands over one message and resolves with the server's final reply; rejects with `SmtpFailure`. */
  async send(
    wire: WireMessage,
    timeoutMs: number,
    verdictMs: number,
  ): Promise<{ reply: string; serverId: string | null }> {
    this.#stage = 'mail'
    let dotLeft = false
    const source = Readable.from(chunksOf(wire.bytes), { objectMode: false })
    const end = Date.now() + timeoutMs
    source.once('end', () => {
      dotLeft = true
      if (verdictMs > end - Date.now()) this.#extend?.(verdictMs)
    })
    const envelope = { from: wire.from, to: [wire.to], size: wire.bytes.length }
    try {
      const info = await this.#within<SentMessageInfo>(timeoutMs, (done) =>
        this.#connection.send(envelope, source, done),
      )
      this.messages += 1
      const reply = info?.response ?? ''
      return { reply, serverId: info?.serverMessageId ?? queueIdOf(reply) }
    } catch (error) {
      const found = error as SmtpFailure
      throw new SmtpFailure(found.stage, found.breakage, found.reply, dotLeft)
    }
  }

  /** Forgets a refused message so that the session can carry the next; false when it cannot. */
  async reset(): Promise<boolean> {
    if (this.#dead) return false
    try {
      await this.#within(resetTimeoutMs, (done) => this.#connection.reset((error) => done(error)))
      return true
    } catch {
      this.close()
      return false
    }
  }

  /** Says QUIT when the session still stands, otherwise drops it. */
  quit(): void {
    if (this.#dead) return
    this.#connection.quit()
    this.#die(new SmtpFailure(this.#stage, 'closed'))
  }

  /** Drops the session at once. */
  close(): void {
    this.#connection.close()
    this.#die(new SmtpFailure(this.#stage, 'closed'))
  }

  #within<T>(
    timeoutMs: number,
    start: (done: (error: Error | null, value?: T) => void) => void,
  ): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const settle = (failure: SmtpFailure | null, value?: T) => {
        clearTimeout(timer)
        this.#fail = null
        this.#extend = null
        if (failure) reject(failure)
        else resolve(value)
      }
      const expire = () => {
        this.#die(new SmtpFailure(this.#stage, 'timeout'))
        this.#connection.close()
      }
      let timer = setTimeout(expire, timeoutMs)
      this.#extend = (ms) => {
        clearTimeout(timer)
        timer = setTimeout(expire, ms)
      }
      this.#fail = settle
      if (this.#dead) return settle(new SmtpFailure(this.#stage, 'connection'))
      start((error, value) => settle(error ? failureOf(error, this.#stage, false) : null, value))
    })
  }

  #die(failure: SmtpFailure): void {
    if (this.#dead) return
    this.#dead = true
    this.#fail?.(failure)
    this.onEnd()
  }
}

function connectionOptions(endpoint: Endpoint, timeoutMs: number): Options {
  const { host, port, security } = endpoint.config
  const { connectMs, greetingMs } = { ...usualPatience, ...endpoint.patience }
  return {
    host: endpoint.address ?? host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    servername: host,
    connectionTimeout: Math.min(timeoutMs, connectMs),
    greetingTimeout: Math.min(timeoutMs, greetingMs),
    dnsTimeout: Math.min(timeoutMs, connectMs),
    socketTimeout: 15 * 60_000,
    socketCloseTimeout: 0,
    tls: { minVersion: 'TLSv1.2', ...endpoint.tls },
  }
}

/** Most servers name their queue id after the dot: `250 2.0.0 Ok: queued as 4F1D2`. */
function queueIdOf(reply: string): string | null {
  return /\bqueued as ([\w.-]{1,100})/i.exec(reply)?.[1] ?? null
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes)
}
