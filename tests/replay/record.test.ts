import { writeFileSync } from 'node:fs'
import { Client, Connection } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { FakeSmtpServer } from '@tropa/connectors/fake-smtp'
import { journeyWorkflow, wakeOptions } from '@tropa/worker/contract'
import { startEngine } from '@tropa/worker/engine'
import { freshNamespace, until, World } from '@tropa/worker/testing'
import { describe, expect, it } from 'vitest'
import { secret } from '../chaos/rig.ts'
import { createDatabase, useTemporal } from '../setup/use-services.ts'
import { type Story, shapes, stories } from './stories.ts'

const folder = new URL('./histories/', import.meta.url)

/** Makes the histories anew: only with RECORD_HISTORIES=1, since the kept ones are what old workflows look like. */
describe('recording', () => {
  it.each(Object.entries(stories))('%s', { timeout: 150_000 }, async (name, story) => {
    const database = await createDatabase()
    const world = await World.build(database.url)
    const smtp = await FakeSmtpServer.start()
    smtp.script(...(story.faults ?? []))
    await world.rows(`update connections set is_mailbox = false, config = $1`, [
      JSON.stringify({
        host: '127.0.0.1',
        port: smtp.port,
        security: 'none',
        fromAddress: 'shop@example.com',
      }),
    ])
    const temporal = await freshNamespace(await useTemporal())
    const engine = await startEngine({
      databaseUrl: database.url,
      temporal,
      secret,
      baseUrl: 'http://tropa.example',
      smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
      ...shapes[story.shape],
    })
    const connection = await Connection.connect({ address: temporal.address })
    const client = new Client({ connection, namespace: temporal.namespace })
    try {
      await engine.becomeReady(30_000)
      await world.publish(story.graph(world.templateId))
      const id = await live(world, story, client)
      const handle = client.workflow.getHandle(id)
      await until(async () => (await handle.describe()).status.name !== 'RUNNING')
      const history = historyToJSON(await handle.fetchHistory())
      writeFileSync(new URL(`${name}.json`, folder), `${scrubbed(history)}\n`)
    } finally {
      await connection.close()
      await engine.stop()
      await smtp.stop()
      await world.close()
      await database.drop()
    }
  })
})

/** Lets the story happen; answers the enrollment's id. */
async function live(world: World, story: Story, client: Client): Promise<string> {
  const customer = await world.addCustomer(story.consent === undefined ? {} : { consent: story.consent })
  await world.emit(customer, { name: 'order', properties: { total: 77 } })
  const seen = () => world.enrollments().then(([one]) => one)
  const waiting = await until(async () => {
    const one = await seen()
    return one?.started && one
  })
  const { meanwhile } = story
  if (meanwhile) {
    await new Promise((resolve) => setTimeout(resolve, 700))
    if ('event' in meanwhile) await world.emit(customer, { name: meanwhile.event })
    else await ask(world, waiting.id, meanwhile.request, client)
  }
  await until(async () => (await seen())?.status !== 'active', 120_000)
  expect((await world.path(waiting.id)).at(-1)).toBe(story.ends)
  return waiting.id
}

async function ask(world: World, id: string, kind: string, client: Client): Promise<void> {
  await world.rows(
    `insert into requests (workspace_id, enrollment_id, kind, seq, member_id, reason) values ($1, $2, $3, 2, 'm', 'why')`,
    [world.workspaceId, id, kind],
  )
  const input = { workspaceId: world.workspaceId, enrollmentId: id }
  await client.workflow.signalWithStart(journeyWorkflow, wakeOptions(input))
}

/** Names of machines and folders stay out of the kept histories. */
function scrubbed(history: string): string {
  return JSON.stringify(
    JSON.parse(history, (key, value) => {
      if (key === 'identity') return 'worker'
      if (key === 'name' && /^\d+@/.test(value)) return 'sticky'
      return key === 'stackTrace' ? '' : value
    }),
  )
}
