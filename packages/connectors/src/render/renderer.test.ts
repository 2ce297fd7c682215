import { spawnSync } from 'node:child_process'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { openRenderer } from './renderer.ts'
import type { CompiledTemplate, TemplateSource } from './template.ts'

vi.setConfig({ testTimeout: 30_000 })

const renderer = openRenderer({ processes: 2 })
afterAll(() => renderer.close())

async function compiled(over: Partial<TemplateSource>): Promise<CompiledTemplate> {
  const result = await renderer.compile({ subject: 'Hi', body: '<p>Hi</p>', format: 'html', ...over })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.compiled
}

async function rendered(over: Partial<TemplateSource>, data: object) {
  return renderer.render(await compiled(over), data)
}

it('ends its processes when there is nothing to do, and starts them again', async () => {
  const own = openRenderer({ processes: 2, idleMs: 100 })
  const light = { engine: 1 as const, subject: 'Hi', html: '<p>ok</p>' }
  expect(own.running()).toBe(0)
  await Promise.all([own.render(light, {}), own.render(light, {})])
  expect(own.running()).toBe(2)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(own.running()).toBe(0)
  expect(await own.render(light, {})).toMatchObject({ ok: true })
  own.close()
})

describe('a bomb', () => {
  it.each<[string, string, object]>([
    [
      'of time',
      '{% assign a = event.s | split: "" %}{% for i in (1..500) %}{% assign b = a | sort | reverse | join: "" | split: "" | uniq %}{% endfor %}',
      { event: { s: 'xyzabc'.repeat(30_000) } },
    ],
    [
      'of memory',
      '{% assign a = "xxxxxxxxxxxxxxxx" %}{% for i in (1..40) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}{{ a }}',
      {},
    ],
    ['of loops', '{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}x', {}],
  ])('%s ends in an answer within the deadline, and the next render works', async (_name, body, data) => {
    const bomb = await compiled({ body })
    const started = performance.now()
    expect(await renderer.render(bomb, data, { deadlineMs: 1_500 })).toMatchObject({
      ok: false,
      reason: 'template_error',
    })
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(await rendered({ body: '<p>{{ customer.n }}</p>' }, { customer: { n: 1 } })).toMatchObject({
      ok: true,
      text: '1',
    })
  })

  it('that overruns is tried once more, killed, and harms nobody else', async () => {
    const slow = await compiled({
      body: '{% assign a = event.s | split: "" | sort | uniq | sort | uniq %}{{ a | size }}',
    })
    const light = await compiled({ body: '<p>ok</p>' })
    const before = renderer.killed()
    const slowRun = renderer.render(slow, { event: { s: 'a,b'.repeat(80_000) } }, { deadlineMs: 1 })
    const others = Promise.all(Array.from({ length: 50 }, () => renderer.render(light, {})))
    expect(await slowRun).toMatchObject({ ok: false, en: expect.stringContaining('too long') })
    expect((await others).every((result) => result.ok)).toBe(true)
    expect(renderer.killed()).toBe(before + 2)
  })

  it('that keeps being stopped rests, and costs no more processes', async () => {
    const own = openRenderer({ processes: 1 })
    const slow = { engine: 1 as const, subject: 'Hi', html: '{{ event.s | split: "" | sort | uniq | size }}' }
    const data = { event: { s: 'a,b'.repeat(80_000) } }
    const results = await Promise.all(
      Array.from({ length: 30 }, () => own.render(slow, data, { deadlineMs: 1 })),
    )
    expect(results.every((result) => !result.ok && result.reason === 'template_error')).toBe(true)
    expect(own.killed()).toBe(6)
    own.close()
  })

  it('of a process killed from outside costs nothing but time', async () => {
    const own = openRenderer({ processes: 1 })
    const light = { engine: 1 as const, subject: 'Hi', html: '<p>ok</p>' }
    await own.render(light, {})
    for (const pid of childPids()) process.kill(pid, 'SIGKILL')
    const both = await Promise.all([own.render(light, {}), renderer.render(light, {})])
    expect(both).toMatchObject([{ ok: true }, { ok: true }])
    own.close()
  })

  it('of data is refused before any process sees it', async () => {
    const result = await renderer.render(await compiled({}), { event: { s: 'x'.repeat(300_000) } })
    expect(result).toMatchObject({ ok: false, reason: 'template_error' })
  })
})

/** The rendering processes that this test process has started. */
function childPids(): number[] {
  const found = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], {
    encoding: 'utf8',
  }).stdout
  const pids = found.split('\n').filter((line) => line.includes('render/child.mjs'))
  if (pids.length === 0) throw new Error('There is no rendering process to kill.')
  return pids.map((line) => Number.parseInt(line, 10))
}
