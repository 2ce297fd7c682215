import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { workflowBundle } from '@tropa/worker/workflow-bundle'
import { describe, expect, it } from 'vitest'
import { stories } from './stories.ts'

const folder = new URL('./histories/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
})

interface KeptEvent {
  eventType: string
  activityTaskScheduledEventAttributes?: { activityType: { name: string } }
  timerStartedEventAttributes?: { timerId: string }
}

function kept(name: string): { events: KeptEvent[] } {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
}

async function replayErrors(histories: { workflowId: string; history: unknown }[]): Promise<string[]> {
  const errors: string[] = []
  const results = Worker.runReplayHistories({ workflowBundle: await workflowBundle() }, histories)
  for await (const { workflowId, error } of results) if (error) errors.push(`${workflowId}: ${error.name}`)
  return errors
}

describe('histories of workflows that ran before', () => {
  it('are there for every story', () => {
    expect(names.map((name) => name.replace('.json', '')).sort()).toEqual(Object.keys(stories).sort())
  })

  it('replay with the workflow code of today', { timeout: 120_000 }, async () => {
    const histories = names.map((name) => ({ workflowId: name, history: kept(name) }))
    expect(await replayErrors(histories)).toEqual([])
  })

  it('do not replay when they tell of another order of work', { timeout: 120_000 }, async () => {
    const history = kept('plain-wait-times-out.json')
    const sent = history.events.find((event) => event.activityTaskScheduledEventAttributes)
    if (!sent?.activityTaskScheduledEventAttributes) throw new Error('This history schedules no activity')
    sent.activityTaskScheduledEventAttributes.activityType.name = 'something_else'
    expect(await replayErrors([{ workflowId: 'tampered', history }])).toEqual([
      'tampered: DeterminismViolationError',
    ])
  })

  it('hold no customer data and no names of machines', () => {
    const all = names.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('')
    expect(/example\.test|@example|\/home\/|\/work\/|\d+@/.exec(all)?.[0]).toBeUndefined()
    expect(all.length).toBeLessThan(600_000)
  })
})

it('all parts of the SDK share one copy of protobufjs, without which histories in JSON cannot be read', () => {
  const here = createRequire(import.meta.url)
  const copies = ['proto', 'common', 'client', 'worker'].map((part) => {
    const inside = createRequire(realpathSync(here.resolve(`@temporalio/${part}`)))
    return dirname(realpathSync(inside.resolve('protobufjs/package.json')))
  })
  expect(new Set(copies).size).toBe(1)
})
