import { createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { planPorts } from './port-plan.ts'
import { anyFreePort, type Ports, requireFree } from './ports.ts'

let open: Server[] = []
const said: string[] = []
const kept: Ports[] = []

afterEach(() => {
  for (const server of open) server.close()
  open = []
  said.length = 0
  kept.length = 0
})

function occupy(port: number): Promise<void> {
  const server = createServer()
  open.push(server)
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
}

const plan = (demanded: Partial<Ports>, remembered: Partial<Ports> = {}) =>
  planPorts({
    remembered,
    demanded,
    remember: (ports) => kept.push({ ...ports }),
    say: (line) => said.push(line),
  })

test('a port taken after it was chosen is replaced, remembered, and the work runs again with the new one', async () => {
  const port = await anyFreePort()
  const { run } = await plan({}, { temporal: port })
  await occupy(port)
  const tried: number[] = []
  const used = await run(async ({ temporal }) => {
    tried.push(temporal)
    await requireFree({ temporal })
    return temporal
  })
  expect(tried).toEqual([port, used])
  expect(used).not.toBe(port)
  expect(kept.map(({ temporal }) => temporal)).toEqual([port, used])
  expect(said).toEqual([
    `Port ${port}, wanted by Temporal, is taken by another program; using ${used} instead.`,
  ])
})

test('a port that was asked for is not replaced: the sentence says what names another', async () => {
  const mailbox = await anyFreePort()
  const { run } = await plan({ mailbox })
  await occupy(mailbox)
  await expect(run((ports) => requireFree({ mailbox: ports.mailbox }))).rejects.toThrow(
    `Port ${mailbox}, wanted by the built-in mailbox, is taken by another program. Free it or name another with MAILBOX_SMTP_PORT.`,
  )
  expect(said).toEqual([])
})

test('another failure is not repeated', async () => {
  const { run } = await plan({})
  let times = 0
  await expect(
    run(async () => {
      times += 1
      throw new Error('no database')
    }),
  ).rejects.toThrow('no database')
  expect(times).toBe(1)
})
