import { until, type World } from '@tropa/worker/testing'
import { expect, it } from 'vitest'
import { chaosRig, expectWhole, orders, progress, spawnEngine, twoMails } from './rig.ts'

const customers = 200

it('loses no enrollment and sends nothing twice when the worker is killed in the middle, three times', async () => {
  const { world, options } = await chaosRig(150)
  await world.publish(twoMails(world.templateId))
  let engine = await spawnEngine(options)
  const ordering = orders(world, customers)
  for (const share of [0.15, 0.4, 0.75]) {
    await until(async () => (await mails(world)) >= customers * 2 * share, 180_000)
    await engine.kill('SIGKILL')
    engine = await spawnEngine(options)
  }
  await ordering
  await until(async () => (await progress(world)).ended === customers, 180_000)
  const unknown = await expectWhole(world, customers)
  expect(unknown).toBeGreaterThan(0)
  // Only what was with the mail server at a kill may be unknown: far from half of the messages.
  expect(unknown).toBeLessThan(customers / 2)
  await engine.kill('SIGTERM')
}, 540_000)

async function mails(world: World): Promise<number> {
  const [row] = await world.rows<{ n: number }>('select count(*)::int as n from mails')
  return row?.n ?? 0
}
