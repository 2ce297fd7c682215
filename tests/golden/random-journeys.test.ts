import { chainHashes, compile, type Graph, type Simulation, simulate, validate, verify } from '@tropa/journey'
import {
  arbitraryCondition,
  arbitraryCustomer,
  arbitraryGraph,
  sampleCatalogue,
} from '@tropa/journey/testing'
import { kinds } from '@tropa/nodes'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { kindParts, randomJourney } from './random-journeys.ts'

vi.setConfig({ testTimeout: 240_000 })

const identity = { journeyId: 'j', customerId: 'c', entryKey: '' }
const outcome = fc.constantFrom('sent' as const, 'not_sent' as const, 'failed' as const)

/** Ways out of blocks that random journeys must have gone before they prove anything. */
const ways = [
  'wait_event happened',
  'wait_event timed_out',
  'condition else',
  'condition unknown',
  'condition case_0',
  'random_split a',
  'random_split constructor',
  'send_email failed',
  'goal next',
  'goal null',
  'exit null',
]

test('every kind takes part', () => {
  expect([kindParts.entry, ...kindParts.others].map(({ kind }) => kind).sort()).toEqual(
    kinds.map(({ kind }) => kind).sort(),
  )
})

test('random journeys of the real kinds have no errors, end or wait, and verify as identical', async () => {
  const passage = randomJourney.chain((drawn) => {
    const plan = compile(drawn, kinds)
    const [entry] = plan.entries
    return fc
      .tuple(fc.constant(drawn), arbitraryCustomer(entry?.event ?? ''), outcome)
      .map(([given, met, how]): [Graph, Simulation] => [
        given,
        {
          plan,
          kinds,
          identity,
          ...met,
          entryNode: entry?.node ?? '',
          outcome: () => ({ type: 'result', outcome: how }),
          maxWakeUps: 50,
        },
      ])
  })
  const taken = new Set<string>()
  const property = fc.asyncProperty(passage, async ([drawn, simulation]) => {
    const errors = validate(drawn, kinds, sampleCatalogue).filter(({ severity }) => severity === 'error')
    expect(errors).toEqual([])
    const { steps, state, end } = await simulate(simulation)
    expect(end === null).toBe(state.pending !== null)
    expect(end?.status).not.toBe('failed')
    const path = {
      plan: simulation.plan,
      identity,
      entry: simulation.entry,
      steps,
      hashes: chainHashes(steps, 's'),
      salt: 's',
      pendingReads: state.pending?.reads ?? [],
    }
    expect(await verify(path, kinds)).toEqual({ verdict: 'identical', steps: steps.length })
    for (const { kind, output } of steps) taken.add(`${kind} ${output}`)
  })
  // Chance leaves out a rare way of 300 journeys once in a hundred times: then there are more.
  for (let round = 0; round < 10; round += 1) {
    await fc.assert(property, { numRuns: 300 })
    if (ways.every((way) => taken.has(way))) break
  }
  expect([...taken]).toEqual(expect.arrayContaining(ways))
})

test('a dead case is never taken', async () => {
  let warned = 0
  const twice = arbitraryCondition('node').map((condition) => ({
    cases: [
      {
        id: 'first',
        label: '',
        condition: { any: [condition, { fact: 'consent', params: { channel: 'email' }, operator: 'isSet' }] },
      },
      { id: 'second', label: 'Second', condition },
    ],
  }))
  const only = arbitraryGraph(
    kinds,
    { ...kindParts, others: [{ kind: 'condition', config: twice }] },
    { maxNodes: 2 },
  )
  await fc.assert(
    fc.asyncProperty(only, arbitraryCustomer('order'), async (drawn, met) => {
      const dead = validate(drawn, kinds, sampleCatalogue).filter(({ code }) => code === 'case_unreachable')
      expect(dead.map(({ field }) => field)).toEqual(['cases.1.condition'])
      warned += 1
      const { steps } = await simulate({
        plan: compile(drawn, kinds),
        kinds,
        identity,
        ...met,
        entryNode: 'n0',
      })
      expect(steps.map(({ output }) => output)).not.toContain('second')
    }),
    { numRuns: 300 },
  )
  expect(warned).toBeGreaterThan(299)
})
