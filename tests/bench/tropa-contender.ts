import { randomBytes } from 'node:crypto'
import type { EngineOptions } from '@tropa/worker/engine'
import { sketchGraph, World } from '@tropa/worker/testing'
import { startChild } from './children.ts'
import type { Contender } from './contender.ts'
import { createDatabase, openNamespace, type Servers } from './servers.ts'

/** The switches that choose between the plain shape of the engine and the fast one. */
export type Shape = Pick<EngineOptions, 'legsInRouter' | 'startDelay' | 'inlineMs'>

/** Everything decided by workflow tasks and every mail a remote activity. */
export const plainShape: Shape = { legsInRouter: false, startDelay: false, inlineMs: 0 }

/** Tropa's engine with its own database and namespace, and the world its customers live in. */
export type TropaContender = Contender & { world: World }

/** Starts an engine whose customers pass entry, condition, send, wait and send. */
export async function startTropa(
  servers: Servers,
  smtpUrl: string,
  name: string,
  shape: Shape,
  wait: string,
): Promise<TropaContender> {
  const database = await createDatabase(servers.databaseUrl, name)
  const world = await World.build(database.url)
  const { hostname, port } = new URL(smtpUrl)
  await world.rows('update connections set is_mailbox = false, config = $2 where id = $1', [
    world.connectionId,
    JSON.stringify({
      host: hostname,
      port: Number(port),
      security: 'none',
      fromName: 'Shop',
      fromAddress: 'shop@example.test',
    }),
  ])
  await world.publish(await fiveNodes(world, wait))
  const client = await openNamespace(servers.temporalAddress, name)
  const options: EngineOptions = {
    databaseUrl: database.url,
    temporal: { address: servers.temporalAddress, namespace: client.options.namespace },
    secret: randomBytes(32).toString('base64url'),
    baseUrl: 'http://shop.example.test',
    smtpUrl,
    ...shape,
  }
  const child = await startChild('./tropa-worker.ts', { ENGINE_OPTIONS: JSON.stringify(options) })
  return {
    name,
    pid: child.pid,
    world,
    async prepare(passages) {
      const customers: string[] = []
      for (let made = 0; made < passages; made += 1) customers.push(await world.addCustomer())
      return customers.map((customer, index) => async () => {
        await world.emit(customer, { name: 'order', properties: { total: (index * 37) % 100 } })
      })
    },
    async progress() {
      const [row] = await world.rows<{ ended: number; active: number }>(
        `select count(*) filter (where status = 'completed')::int as ended,
           count(*) filter (where status = 'active')::int as active from enrollments`,
      )
      const { count } = await client.workflow.count("ExecutionStatus = 'Running'")
      return { ended: row?.ended ?? 0, running: (row?.active ?? 0) + count }
    },
    async stop() {
      await child.stop()
      await client.connection.close()
      await world.close()
      await database.drop()
    },
  }
}

/** Five nodes on every path, as the hand-written workflows have them. */
async function fiveNodes(world: World, wait: string) {
  const template = (name: string) =>
    world.addTemplate(`Template ${name}`, `<p>Hello! This is the <b>${name}</b> message.</p>`)
  const mail = async (name: string) => ({
    template: await template(name),
    messageClass: 'marketing',
    topic: '',
    ifUnknown: 'skip',
  })
  const isLarge = { fact: 'entry', params: { property: 'total' }, operator: 'greaterThan', value: 50 }
  const onward = { sent: 'pause', not_sent: 'pause', failed: 'pause' }
  return sketchGraph({
    start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'size' } },
    size: {
      kind: 'condition',
      config: { cases: [{ id: 'yes', label: 'Large', condition: isLarge }] },
      next: { yes: 'large', else: 'small' },
    },
    large: { kind: 'send_email', config: await mail('large'), next: onward },
    small: { kind: 'send_email', config: await mail('small'), next: onward },
    pause: { kind: 'wait', config: { for: wait }, next: { next: 'after' } },
    after: { kind: 'send_email', config: await mail('after') },
  })
}
