import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { anyFreePort, choosePorts, defaultPorts, freePortFrom, type Ports, portIsFree } from './ports.ts'

const open: Server[] = []

afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

function occupy(port: number, host = '127.0.0.1'): Promise<void> {
  const server = createServer()
  open.push(server)
  return new Promise((resolve) => server.listen(port, host, resolve))
}

test('a listened port is not free', async () => {
  const port = await anyFreePort()
  expect(await portIsFree(port)).toBe(true)
  await occupy(port)
  expect(await portIsFree(port)).toBe(false)
})

test('the next free port is chosen, skipping taken and promised ones', async () => {
  const port = await anyFreePort()
  await occupy(port)
  const chosen = await freePortFrom(port, new Set([port + 1]))
  expect(chosen).toBeGreaterThan(port + 1)
  expect(chosen).toBeLessThan(port + 50)
})

/** A free port for every part. */
async function freePorts(): Promise<Ports> {
  const parts = Object.keys(defaultPorts) as (keyof Ports)[]
  const found = new Set<number>()
  while (found.size < parts.length) found.add(await anyFreePort())
  const numbers = [...found]
  return Object.fromEntries(parts.map((part, index) => [part, numbers[index]])) as unknown as Ports
}

test('remembered ports are kept while free and replaced when another program took them', async () => {
  const remembered = await freePorts()
  expect(await choosePorts(remembered, {})).toEqual(remembered)
  await occupy(remembered.postgres)
  const { postgres, ...others } = await choosePorts(remembered, {})
  expect({ ...others, postgres: remembered.postgres }).toEqual(remembered)
  expect(postgres).not.toBe(remembered.postgres)
})

test('no port is promised twice', async () => {
  const port = await anyFreePort()
  const chosen = await choosePorts({ web: port, mailbox: port }, { api: port })
  expect(chosen.api).toBe(port)
  expect(new Set(Object.values(chosen)).size).toBe(6)
})

test('a port asked for by name is refused when busy', async () => {
  const port = await anyFreePort()
  await occupy(port)
  await expect(choosePorts({}, { api: port })).rejects.toThrow(
    `Port ${port}, wanted by the API, is taken by another program. Free it or name another with API_PORT or --port.`,
  )
})

test('a port taken on ::1 only is not free either: browsers ask it first for localhost', async (context) => {
  const port = await anyFreePort()
  await occupy(port, '::1').catch(() => context.skip('this machine has no ::1'))
  expect(await portIsFree(port)).toBe(false)
})
