import { createServer } from 'node:net'
import { promisePort } from './port-promises.ts'

/** Whether a TCP port on this host can be listened on now. */
export function portIsFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
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

/**
 * A free port for every part: those remembered from the last start when they are still free, else the next
 * free one above the default. A port in `demanded` is taken as it is, and refused with a sentence when busy.
 */
export async function choosePorts(remembered: Partial<Ports>, demanded: Partial<Ports>): Promise<Ports> {
  const taken = new Set<number>()
  const chosen: Partial<Ports> = {}
  for (const part of Object.keys(demanded) as (keyof Ports)[]) {
    const port = demanded[part]
    if (port === undefined) continue
    if (!(await portIsFree(port)))
      throw new Error(
        `Port ${port}, asked for the ${part}, is taken by another program. Free it or name another port.`,
      )
    promisePort(port)
    chosen[part] = port
    taken.add(port)
  }
  for (const part of Object.keys(defaultPorts) as (keyof Ports)[]) {
    if (chosen[part] !== undefined) continue
    const port = await freePortFrom(remembered[part] ?? defaultPorts[part], taken)
    chosen[part] = port
    taken.add(port)
  }
  return chosen as Ports
}
