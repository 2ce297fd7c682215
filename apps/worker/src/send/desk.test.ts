import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type TestDatabase } from '../../../../tests/setup/use-services.ts'
import { MailWorld } from '../testing/index.ts'
import { SendDesk } from './desk.ts'

let database: TestDatabase
let mails: MailWorld

beforeAll(async () => {
  database = await createDatabase()
  mails = await MailWorld.fresh(database.url)
})
afterAll(async () => {
  await mails.close()
  await database.drop()
})

/** Takes all connections, so that every delivery hangs until they are given back. */
async function takeConnections(): Promise<() => void> {
  const { pool } = mails.world
  const taken = await Promise.all(Array.from({ length: pool.options.max ?? 0 }, () => pool.connect()))
  return () => {
    for (const client of taken) client.release()
  }
}

describe('a desk', () => {
  it('begins no further delivery within a budget while 64 hang, joins one under way, and begins again after', async () => {
    const first = await mails.planned()
    const late = await mails.planned()
    const desk = new SendDesk(mails.deps)
    const giveBack = await takeConnections()
    const hanging = [first.id, ...Array.from({ length: 63 }, () => randomUUID())].map((id) =>
      desk.deliver(id),
    )
    expect(await desk.deliverWithin(late.id, 60_000)).toBeNull()
    const joined = desk.deliverWithin(first.id, 60_000)
    expect(await desk.deliverWithin(first.id, 20)).toBeNull()
    giveBack()
    await Promise.all(hanging)
    expect(await joined).toEqual({ done: true })
    expect(await mails.seen(late.id)).toMatchObject({ status: 'planned', attempts: [] })
    expect(await desk.deliverWithin(late.id, 60_000)).toEqual({ done: true })
    expect((await mails.seen(first.id))?.attempts).toEqual(['accepted'])
    expect((await mails.seen(late.id))?.attempts).toEqual(['accepted'])
  })

  it('lets a delivery that takes longer than its budget go on, and ends only after it', async () => {
    const { id } = await mails.planned()
    const desk = new SendDesk(mails.deps)
    const giveBack = await takeConnections()
    expect(await desk.deliverWithin(id, 20)).toBeNull()
    expect(await desk.drained(50), 'one that still hangs').toBe(1)
    const drained = desk.drained()
    giveBack()
    expect(await drained).toBe(0)
    expect(await mails.seen(id)).toMatchObject({ status: 'accepted', attempts: ['accepted'] })
  })
})
