import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { fuel } from './advance.ts'
import { arbitraryCustomer, arbitraryGraph, sampleCatalogue, sampleParts } from './arbitraries.ts'
import { bucketOf, canonicalJson, hashOf } from './canonical.ts'
import { compile } from './compile.ts'
import type { Graph } from './graph.ts'
import { graphSchema } from './graph.ts'
import type { Plan } from './plan.ts'
import { chainHashes } from './record.ts'
import { sampleKinds } from './sample-kinds.ts'
import { type Simulation, simulate } from './simulate.ts'
import { validate } from './validate.ts'
import { verify } from './verify.ts'

vi.setConfig({ testTimeout: 60_000 })

const graph = arbitraryGraph(sampleKinds, sampleParts)
const identity = { journeyId: 'j', customerId: 'c', entryKey: '' }
const outcome = fc.constantFrom('sent', 'not_sent', 'failed', 'done')

/** A random journey, compiled, with a random customer who meets its entry. */
const passage = graph.chain((drawn) => {
  const plan = compile(drawn, sampleKinds)
  return fc.tuple(arbitraryCustomer(plan.entries[0]?.event ?? ''), outcome, fc.nat({ max: 200 })).map(
    ([{ customer, entry }, how, days]): Simulation => ({
      plan,
      kinds: sampleKinds,
      identity,
      customer,
      entry,
      entryNode: plan.entries[0]?.node ?? '',
      outcome: (request) => ({
        type: 'result',
        outcome: 'action' in request ? (how === 'done' ? 'done' : 'failed') : how === 'done' ? 'sent' : how,
      }),
      until: entry.occurredAt + days * 86_400_000,
    }),
  )
})

test('a well-drawn journey has no errors, and compiles', () => {
  fc.assert(
    fc.property(graph, (drawn) => {
      expect(graphSchema.parse(drawn)).toEqual(drawn)
      expect(
        validate(drawn, sampleKinds, sampleCatalogue).filter(({ severity }) => severity === 'error'),
      ).toEqual([])
      const plan = compile(drawn, sampleKinds)
      expect(Object.keys(plan.nodes).sort()).toEqual(drawn.nodes.map(({ id }) => id).sort())
    }),
    { numRuns: 500 },
  )
})

test('shuffling, moving and renaming leave the hash; leading an output elsewhere changes it', () => {
  fc.assert(
    fc.property(graph, fc.infiniteStream(fc.nat()), (drawn, dice) => {
      const { hash } = compile(drawn, sampleKinds)
      const shuffled = <T>(list: T[]) =>
        list
          .map((item) => [dice.next().value, item] as const)
          .sort(([a], [b]) => a - b)
          .map(([, item]) => item)
      const redrawn: Graph = {
        ...drawn,
        nodes: shuffled(drawn.nodes).map((node) => ({
          ...node,
          name: `Node ${node.id}`,
          position: { x: node.position.x + 7, y: -node.position.y },
          config: Object.fromEntries(shuffled(Object.entries(node.config))),
        })),
        edges: shuffled(drawn.edges).map((edge, index) => ({ ...edge, id: `other${index}` })),
      }
      expect(compile(redrawn, sampleKinds).hash).toBe(hash)
      const [first, ...others] = drawn.edges
      if (first) expect(compile({ ...drawn, edges: others }, sampleKinds).hash).not.toBe(hash)
    }),
    { numRuns: 300 },
  )
})

test('every passage ends or waits, within fuel, and the same way each time', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(passage, async (simulation) => {
      const given = canonicalJson({ ...simulation, kinds: null, outcome: null })
      const first = await simulate(simulation)
      const second = await simulate(simulation)
      expect(canonicalJson(second)).toBe(canonicalJson(first))
      expect(canonicalJson({ ...simulation, kinds: null, outcome: null })).toBe(given)
      expect(first.end?.reason).not.toBe('loop_without_wait')
      expect(first.end?.reason).not.toBe('core_error')
      expect(first.end === null).toBe(first.state.pending !== null)
      expect(first.steps.length).toBeLessThan(fuel * 1000)
      expect(first.steps.map(({ seq }) => seq)).toEqual(first.steps.map((_, index) => index + 1))
      seen.add(first.end?.reason ?? 'waits')
      for (const step of first.steps) seen.add(`${step.kind}.${step.output}`)
    }),
    { numRuns: 500 },
  )
  expect([...seen].sort()).toMatchInlineSnapshot(`
    [
      "ask.done",
      "ask.failed",
      "decide.no",
      "decide.unknown",
      "decide.yes",
      "end",
      "exit_node",
      "exit_rule",
      "goal_reached",
      "halve.a",
      "halve.b",
      "hear.happened",
      "hear.null",
      "hear.timed_out",
      "leave.null",
      "mail.failed",
      "mail.not_sent",
      "mail.sent",
      "sleep.next",
      "sleep.null",
      "start.next",
      "waits",
      "write.done",
    ]
  `)
})

test('every recorded passage verifies as identical, and any edit of its record is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(passage, fc.nat(), async (simulation, dice) => {
      const { steps, state } = await simulate(simulation)
      const hashes = chainHashes(steps, 'salt')
      const pendingReads = state.pending?.reads ?? []
      const { plan, entry } = simulation
      const path = { plan, identity, entry, steps, hashes, salt: 'salt', pendingReads }
      expect(await verify(path, sampleKinds)).toEqual({ verdict: 'identical', steps: steps.length })
      expect(await verify(JSON.parse(JSON.stringify(path)), sampleKinds)).toEqual({
        verdict: 'identical',
        steps: steps.length,
      })
      const index = dice % steps.length
      const fields = [
        'output',
        'enteredAt',
        'leftAt',
        'node',
        'visit',
        'reason',
        'status',
        'reads',
        'decision',
        'input',
      ] as const
      const field = fields[dice % fields.length] as (typeof fields)[number]
      const edited = steps.map((step, at) => (at === index ? { ...step, [field]: 'edited' as never } : step))
      if (field === 'reads')
        edited[index] = {
          ...edited[index],
          reads: [{ fact: 'x', params: {}, value: 1, missing: false, source: '' }],
        } as never
      expect(await verify({ ...path, steps: edited }, sampleKinds)).toEqual({
        verdict: 'record_altered',
        at: index + 1,
      })
    }),
    { numRuns: 400 },
  )
})

test('canonical JSON survives a round trip and ignores the order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
      expect(hashOf(reversed(value))).toBe(hashOf(value))
    }),
    { numRuns: 500 },
  )
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  )
}

test('100,000 customers fall into shares within one percent, and always into the same', () => {
  const shares = [0.1, 0.2, 0.3, 0.4]
  const counts = shares.map(() => 0)
  for (let index = 0; index < 100_000; index += 1) {
    const place = bucketOf('n3', 'journey', `customer${index}`, '')
    if (index < 1000) expect(bucketOf('n3', 'journey', `customer${index}`, '')).toBe(place)
    let edge = 0
    const arm = shares.findIndex((share) => {
      edge += share
      return place < edge
    })
    counts[arm] = (counts[arm] ?? 0) + 1
  }
  for (const [arm, share] of shares.entries())
    expect(Math.abs((counts[arm] ?? 0) / 100_000 - share)).toBeLessThan(0.01)
})

test('the halves of two splits do not depend on each other', () => {
  const both = Array.from({ length: 20_000 }, (_, index) => {
    const first = (salt: string) => bucketOf(salt, 'journey', `customer${index}`, '') < 0.5
    return first('n3') && first('n4')
  }).filter(Boolean).length
  expect(Math.abs(both / 20_000 - 0.25)).toBeLessThan(0.02)
})

test('a plan read back from storage has the hash it was stored with', () => {
  fc.assert(
    fc.property(graph, (drawn) => {
      const plan = compile(drawn, sampleKinds)
      const stored = JSON.parse(JSON.stringify(plan)) as Plan
      const { hash, ...content } = stored
      expect(hashOf(content)).toBe(hash)
    }),
    { numRuns: 300 },
  )
})
