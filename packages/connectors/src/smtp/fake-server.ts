import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { FakeSmtpOptions, Fault, FaultPoint, LedgerEntry, SessionHost } from './fake-script.ts'
import { FakeSession } from './fake-session.ts'

export type { FakeSmtpOptions, Fault, FaultPoint, LedgerEntry } from './fake-script.ts'

/** An SMTP server that does what a script says and keeps a ledger of all it accepted. */
export class FakeSmtpServer implements SessionHost {
  readonly ledger: LedgerEntry[] = []
  readonly options: FakeSmtpOptions
  sessions = 0
  readonly #script: Fault[] = []
  readonly #sockets = new Set<Socket>()
  readonly #seen = new Set<string>()
  readonly #server: Server

  private constructor(options: FakeSmtpOptions) {
    this.options = options
    this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket))
  }

  static async start(options: FakeSmtpOptions = {}, port = 0): Promise<FakeSmtpServer> {
    const fake = new FakeSmtpServer(options)
    await new Promise<void>((resolve, reject) => {
      fake.#server.once('error', reject).listen(port, '127.0.0.1', resolve)
    })
    return fake
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Queues faults; each strikes once, in order. */
  script(...faults: Fault[]): void {
    this.#script.push(...faults)
  }

  /** Faults that never struck: a test that leaves some has not tested them. */
  unfired(): readonly Fault[] {
    return this.#script
  }

  /** Cuts every session but keeps listening. */
  cutSessions(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async stop(): Promise<void> {
    this.cutSessions()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  /** The fault that strikes at this point, taken off the script. */
  take(point: FaultPoint): Fault | undefined {
    return this.#script[0]?.at === point ? this.#script.shift() : undefined
  }

  /** True for the first attempt of a pair when greylisting. */
  greylists(from: string, to: string): boolean {
    const pair = `${from} ${to}`
    if (!this.options.greylist || this.#seen.has(pair)) return false
    this.#seen.add(pair)
    return true
  }

  #serve(socket: Socket): void {
    this.sessions += 1
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const session = new FakeSession(this, socket)
    socket.on('data', (chunk) => session.receive(chunk.toString('latin1')))
    session.greet()
  }
}
