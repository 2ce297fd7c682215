import { describe, expect, test } from 'vitest'
import { buildEntry, buildPlan, day, newYear } from './build.ts'
import { chainHashes } from './record.ts'
import { sampleKinds } from './sample-kinds.ts'
import { simulate } from './simulate.ts'
import { type RecordedPath, verify } from './verify.ts'

const identity = { journeyId: 'j', customerId: 'c', entryKey: '' }
const plan = planWithLimit(50)

function planWithLimit(limit: number, wait = '{"for":"2d"}') {
  return buildPlan(
    [
      'in start {"event":"order"}',
      `rest sleep ${wait}`,
      `rich decide {"condition":{"all":[{"fact":"entry","params":{"property":"total"},"operator":"greaterThan","value":${limit}},{"fact":"attribute","params":{"name":"city"},"operator":"isSet"}]}}`,
      'thanks mail {"template":"thanks"}',
      'half halve',
      'bye leave {"reason":"exit_node"}',
    ],
    ['in.next rest', 'rest.next rich', 'rich.yes thanks', 'rich.no half', 'thanks.sent half', 'half.a bye'],
  )
}

async function recorded(days = 30): Promise<RecordedPath> {
  const entry = buildEntry({ total: 77 })
  const customer = { attributes: { city: 'Tula' }, consents: {}, events: [entry] }
  const { steps, state } = await simulate({
    plan,
    kinds: sampleKinds,
    identity,
    customer,
    entry,
    entryNode: 'in',
    until: newYear + days * day,
  })
  return {
    plan,
    identity,
    entry,
    steps,
    hashes: chainHashes(steps, 'salt'),
    salt: 'salt',
    pendingReads: state.pending?.reads ?? [],
  }
}

/** The record as somebody would leave it who recomputed every hash after an edit. */
const resealed = (path: RecordedPath): RecordedPath => ({
  ...path,
  hashes: chainHashes(path.steps, path.salt),
})

test('an untouched record is identical, finished or still waiting', async () => {
  const whole = await recorded()
  expect(whole.steps.map(({ node }) => node)).toEqual(
    ['in', 'rest', 'rich', 'thanks', 'half', 'bye'].slice(0, whole.steps.length),
  )
  expect(await verify(whole, sampleKinds)).toEqual({ verdict: 'identical', steps: whole.steps.length })
  const waiting = await recorded(1)
  expect(waiting.steps.map(({ node }) => node)).toEqual(['in'])
  expect(await verify(waiting, sampleKinds)).toEqual({ verdict: 'identical', steps: 1 })
})

describe('a plan that would go another way diverges at the first step that differs', () => {
  test('a changed condition', async () => {
    const path = await recorded()
    const verdict = await verify({ ...path, plan: planWithLimit(80) }, sampleKinds)
    expect(verdict).toMatchObject({
      verdict: 'diverged',
      at: 3,
      expected: { output: 'yes' },
      got: { output: 'no' },
    })
  })

  test('an output that leads elsewhere', async () => {
    const path = await recorded()
    const rewired = structuredClone(plan)
    if (rewired.nodes.rich) rewired.nodes.rich.next.yes = 'half'
    expect(await verify({ ...path, plan: rewired }, sampleKinds)).toMatchObject({
      verdict: 'diverged',
      at: 4,
    })
  })

  test('a wait taken out', async () => {
    const path = await recorded(1)
    const rewired = structuredClone(plan)
    if (rewired.nodes.in) rewired.nodes.in.next.next = 'half'
    const verdict = await verify({ ...path, plan: rewired }, sampleKinds)
    expect(verdict).toMatchObject({ verdict: 'diverged', at: 2, expected: null, got: { node: 'half' } })
  })

  test('another split of the same customer', async () => {
    const path = await recorded()
    const half = path.steps.find(({ node }) => node === 'half')
    const other = await verify(
      { ...path, identity: { ...identity, customerId: 'someone else' } },
      sampleKinds,
    )
    expect(other).toMatchObject({ verdict: 'diverged', at: half?.seq })
  })

  test('a node that is gone', async () => {
    const path = await recorded()
    const poorer = structuredClone(plan)
    delete poorer.nodes.rich
    expect(await verify({ ...path, plan: poorer }, sampleKinds)).toMatchObject({
      verdict: 'diverged',
      at: 2,
      got: null,
    })
  })
})

describe('a record somebody touched', () => {
  test.each([
    ['an output', (step: Record<string, unknown>) => ({ ...step, output: 'no' })],
    [
      'a value read',
      (step: Record<string, unknown>) => ({
        ...step,
        reads: (step.reads as object[]).map((read) => ({ ...read, value: 99 })),
      }),
    ],
    ['an instant', (step: Record<string, unknown>) => ({ ...step, leftAt: newYear })],
    ['a decision', (step: Record<string, unknown>) => ({ ...step, decision: null })],
  ])('%s edited is found at its step', async (_, edit) => {
    const path = await recorded()
    const steps = path.steps.map((step) => (step.node === 'rich' ? (edit(step as never) as never) : step))
    expect(await verify({ ...path, steps }, sampleKinds)).toEqual({ verdict: 'record_altered', at: 3 })
  })

  test('a step taken out, doubled, swapped or cut off is found', async () => {
    const path = await recorded()
    const { steps } = path
    const at = async (edited: typeof steps) => verify({ ...path, steps: edited }, sampleKinds)
    expect(await at(steps.toSpliced(1, 1))).toEqual({ verdict: 'record_altered', at: 2 })
    expect(await at(steps.toSpliced(1, 0, steps[1] as never))).toEqual({ verdict: 'record_altered', at: 3 })
    expect(await at([steps[1], steps[0], ...steps.slice(2)] as never)).toEqual({
      verdict: 'record_altered',
      at: 1,
    })
    expect(await at(steps.slice(0, -1))).toEqual({ verdict: 'record_altered', at: steps.length })
  })

  test('steps cut off together with their hashes are missed by the enrollment’s own head hash', async () => {
    const path = await recorded()
    const headHash = path.hashes.at(-1) as string
    expect(await verify({ ...path, headHash }, sampleKinds)).toMatchObject({ verdict: 'identical' })
    const cut = { ...path, steps: path.steps.slice(0, 2), hashes: path.hashes.slice(0, 2), headHash }
    expect(await verify(cut, sampleKinds)).toEqual({ verdict: 'record_altered', at: 3 })
    expect(await verify({ ...path, steps: [], hashes: [], headHash }, sampleKinds)).toEqual({
      verdict: 'record_altered',
      at: 1,
    })
  })

  test('a value changed with all hashes recomputed still diverges, because the decision no longer follows', async () => {
    const path = await recorded()
    const entry = buildEntry({ total: 20 })
    expect(await verify(resealed({ ...path, entry }), sampleKinds)).toMatchObject({
      verdict: 'diverged',
      at: 3,
    })
  })
})

describe('a hole in the record', () => {
  test('a read that was not recorded cannot be proved', async () => {
    const path = await recorded()
    const steps = path.steps.map((step) => ({
      ...step,
      reads: step.reads.filter(({ fact }) => fact !== 'attribute'),
    }))
    expect(await verify(resealed({ ...path, steps }), sampleKinds)).toMatchObject({
      verdict: 'cannot_be_proved',
      why: 'The record holds no answer for attribute {"name":"city"}',
    })
  })

  test('an input that was not recorded cannot be proved', async () => {
    const path = await recorded()
    const steps = path.steps.map((step) => (step.seq === 1 ? { ...step, input: null } : step))
    expect(await verify(resealed({ ...path, steps }), sampleKinds)).toMatchObject({
      verdict: 'cannot_be_proved',
      at: 1,
    })
  })
})
