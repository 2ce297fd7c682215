import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { anyFreePort, choosePorts, freePortFrom, portIsFree } from './ports.ts'

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
  await occupy(41_700)
  expect(await freePortFrom(41_700, new Set([41_701]))).toBe(41_702)
})

test('remembered ports are kept while free and replaced when another program took them', async () => {
  const remembered = {
    api: 41_710,
    web: 41_720,
    mailbox: 41_730,
    worker: 41_735,
    postgres: 41_740,
    temporal: 41_750,
  }
  expect(await choosePorts(remembered, {})).toEqual(remembered)
  await occupy(41_740)
  expect(await choosePorts(remembered, {})).toEqual({ ...remembered, postgres: 41_741 })
})

test('no port is promised twice', async () => {
  const chosen = await choosePorts({ web: 41_760, mailbox: 41_760 }, { api: 41_760 })
  expect(chosen.api).toBe(41_760)
  expect(new Set(Object.values(chosen)).size).toBe(6)
})

test('a port asked for by name is refused when busy', async () => {
  await occupy(41_770)
  await expect(choosePorts({}, { api: 41_770 })).rejects.toThrow(
    'Port 41770, wanted by the API, is taken by another program. Free it or name another with API_PORT or --port.',
  )
})

test('a port taken on ::1 only is not free either: browsers ask it first for localhost', async (context) => {
  const port = await anyFreePort()
  await occupy(port, '::1').catch(() => context.skip('this machine has no ::1'))
  expect(await portIsFree(port)).toBe(false)
})
