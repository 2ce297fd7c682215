import { createServer } from 'node:net'
import { promisePort } from './port-promises.ts'

/** Both loopback addresses: a browser told "localhost" may ask either of them first. */
const loopback = ['127.0.0.1', '::1']

function refusal(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)))
  })
}

/** Why a TCP port on this host cannot be listened on now, as the end of a sentence about it; null when it can. */
export async function portProblem(port: number, hosts: readonly string[] = loopback): Promise<string | null> {
  for (const host of hosts) {
    const code = await refusal(port, host)
    if (code === 'EADDRINUSE') return 'is taken by another program'
    if (code === 'EACCES') return 'may not be opened by this user'
    if (code && host === '127.0.0.1') return `cannot be listened on (${code})`
  }
  return null
}

/** Whether a TCP port on this host can be listened on now. */
export async function portIsFree(port: number): Promise<boolean> {
  return (await portProblem(port)) === null
}

/** A port the system says is free at this moment. */
export function anyFreePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port: 0, host }, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

/**
 * The first port at or above `wanted` that is free, promised to nobody and not in `taken`, looking at most
 * `span` ports ahead, else any such port. It is promised to this process from then on.
 */
export async function freePortFrom(
  wanted: number,
  taken: ReadonlySet<number> = new Set(),
  span = 50,
): Promise<number> {
  for (let port = wanted; port < Math.min(wanted + span, 65_536); port++) {
    if (!taken.has(port) && (await portIsFree(port)) && promisePort(port)) return port
  }
  for (;;) {
    const port = await anyFreePort()
    if (!taken.has(port) && promisePort(port)) return port
  }
}

/** What each part listens on. */
export interface Ports {
  api: number
  web: number
  mailbox: number
  worker: number
  postgres: number
  temporal: number
}

/** Where each part listens on a machine where nothing else does. */
export const defaultPorts: Ports = {
  api: 8080,
  web: 8081,
  mailbox: 8025,
  worker: 8082,
  postgres: 8432,
  temporal: 8233,
}

/** Who wants a port, and what names another one; the embedded servers take any that is free. */
const wanted: Record<keyof Ports, { by: string; setting: string | null }> = {
  api: { by: 'the API', setting: 'API_PORT or --port' },
  web: { by: 'the web app', setting: 'WEB_PORT or --port' },
  mailbox: { by: 'the built-in mailbox', setting: 'MAILBOX_SMTP_PORT' },
  worker: { by: 'the worker', setting: 'WORKER_PORT' },
  postgres: { by: 'Postgres', setting: null },
  temporal: { by: 'Temporal', setting: null },
}

/** A port that a part was to listen on cannot be had; the message is a whole sentence. */
export class PortTaken extends Error {
  constructor(
    readonly part: keyof Ports,
    readonly port: number,
    readonly problem: string,
  ) {
    const { by, setting } = wanted[part]
    const another = setting ? `name another with ${setting}` : 'start Tropa again to choose another'
    super(`Port ${port}, wanted by ${by}, ${problem}. Free it or ${another}.`)
  }

  /** What happened, without the advice: for when another port is chosen at once. */
  get news(): string {
    return `Port ${this.port}, wanted by ${wanted[this.part].by}, ${this.problem}`
  }
}

/** Throws `PortTaken` when one of these ports cannot be listened on now. */
export async function requireFree(ports: Partial<Ports>): Promise<void> {
  for (const [part, port] of Object.entries(ports) as [keyof Ports, number][]) {
    const problem = await portProblem(port)
    if (problem) throw new PortTaken(part, port, problem)
  }
}

/**
 * A free port for every part: those remembered from the last start when they are still free, else the next
 * free one above the default. A port in `demanded` is taken as it is, and refused with a sentence when busy.
 */
export async function choosePorts(remembered: Partial<Ports>, demanded: Partial<Ports>): Promise<Ports> {
  await requireFree(demanded)
  for (const port of Object.values(demanded)) promisePort(port)
  const chosen: Partial<Ports> = { ...demanded }
  const taken = new Set<number>(Object.values(demanded))
  for (const part of Object.keys(defaultPorts) as (keyof Ports)[]) {
    if (chosen[part] !== undefined) continue
    const port = await freePortFrom(remembered[part] ?? defaultPorts[part], taken)
    chosen[part] = port
    taken.add(port)
  }
  return chosen as Ports
}
