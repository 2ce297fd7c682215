import {
  advance,
  type Condition,
  compile,
  conditionSchema,
  type Evaluate,
  evaluateCondition,
  evaluateDirectly,
  type Graph,
  newEnrollment,
} from '@tropa/journey'
import { kinds } from '@tropa/nodes'

export interface ConditionFigures {
  /** Conditions of five comparisons a second, through json-rules-engine, trace included. */
  conditionsPerSecond: number
  /** The same conditions with the same trace, from the operators alone, as back-tests evaluate them. */
  directPerSecond: number
  /** The same condition hand-written in JavaScript, with no trace. */
  handWrittenPerSecond: number
  /** Hand-written over the engine, and over the direct evaluator: how many times slower a condition with its trace is. */
  handWrittenRatio: number
  handWrittenRatioDirect: number
  /** Activations a second that pass entry, condition and split, and stop at a wait. */
  advancesPerSecond: number
  /** The same activations with conditions evaluated directly. */
  directAdvancesPerSecond: number
  /** Nodes passed a second in the activations with the engine. */
  nodesPerSecond: number
}

const now = Date.UTC(2026, 0, 1)
const day = 86_400_000

const condition: Condition = conditionSchema.parse({
  all: [
    { fact: 'entry', params: { property: 'total' }, operator: 'greaterThan', value: 50 },
    {
      any: [
        { fact: 'attribute', params: { name: 'city' }, operator: 'in', value: ['Tula', 'Tver'] },
        { fact: 'attribute', params: { name: 'joined' }, operator: 'withinLast', value: '30d' },
      ],
    },
    { not: { fact: 'attribute', params: { name: 'tags' }, operator: 'contains', value: 'staff' } },
    { fact: 'event_count', params: { event: 'order' }, operator: 'greaterThanInclusive', value: 2 },
  ],
})

interface Person {
  total: number
  city: string
  joined: string
  tags: string[]
  order: number
}

const people: Person[] = Array.from({ length: 1000 }, (_, index) => ({
  total: (index * 37) % 100,
  city: ['Tula', 'Tver', 'Perm'][index % 3] as string,
  joined: new Date(now - (index % 60) * day).toISOString(),
  tags: index % 7 === 0 ? ['staff'] : ['shop'],
  order: index % 5,
}))

const person = (index: number) => people[index % people.length] as Person

const answer = (who: Person) => async (ref: { params: Record<string, string> }) =>
  who[(ref.params.property ?? ref.params.name ?? ref.params.event) as keyof Person]

function handWritten({ total, city, joined, tags, order }: Person): boolean {
  const age = now - Date.parse(joined)
  return (
    total > 50 &&
    (['Tula', 'Tver'].includes(city) || (age >= 0 && age <= 30 * day)) &&
    !tags.includes('staff') &&
    order >= 2
  )
}

async function perSecond(seconds: number, once: (index: number) => unknown): Promise<number> {
  for (let index = 0; index < 500; index += 1) await once(index)
  const startedAt = performance.now()
  let done = 0
  while (performance.now() - startedAt < seconds * 1000) {
    for (let index = 0; index < 100; index += 1) await once(done + index)
    done += 100
  }
  return done / ((performance.now() - startedAt) / 1000)
}

/** The plain loop, so that the hand-written side does not pay for awaiting what needs no await. */
function perSecondAtOnce(seconds: number, once: (index: number) => boolean): number {
  const startedAt = performance.now()
  let done = 0
  let yes = 0
  while (performance.now() - startedAt < seconds * 1000) {
    for (let index = 0; index < 10_000; index += 1) yes += once(done + index) ? 1 : 0
    done += 10_000
  }
  if (yes === 0) throw new Error('The hand-written condition was never true')
  return done / ((performance.now() - startedAt) / 1000)
}

const position = { x: 0, y: 0 }
const graph: Graph = {
  nodes: [
    { id: 'in', kind: 'event_entry', name: '', config: { event: 'order' }, position },
    {
      id: 'if',
      kind: 'condition',
      name: '',
      config: { cases: [{ id: 'yes', label: '', condition }] },
      position,
    },
    {
      id: 'split',
      kind: 'random_split',
      name: '',
      config: {
        shares: [
          { id: 'a', label: '', share: 50 },
          { id: 'b', label: '', share: 50 },
        ],
      },
      position,
    },
    { id: 'wait', kind: 'wait', name: '', config: { for: '1d' }, position },
  ],
  edges: [
    { id: 'e1', from: 'in', output: 'next', to: 'if' },
    { id: 'e2', from: 'if', output: 'yes', to: 'split' },
    { id: 'e3', from: 'if', output: 'else', to: 'split' },
    { id: 'e4', from: 'split', output: 'a', to: 'wait' },
    { id: 'e5', from: 'split', output: 'b', to: 'wait' },
  ],
  settings: { reentry: { mode: 'never' }, exitRules: [] },
}

/** Measures the rules engine against the same condition hand-written in JavaScript, and the core's activations. */
export async function benchConditions(seconds = 2): Promise<ConditionFigures> {
  for (const one of people) {
    const { result } = await evaluateCondition(condition, answer(one), now)
    if ((result === 'true') !== handWritten(one)) throw new Error('The two conditions disagree')
  }
  const conditionsPerSecond = await perSecond(seconds, (index) =>
    evaluateCondition(condition, answer(person(index)), now),
  )
  const directPerSecond = await perSecond(seconds, (index) =>
    evaluateDirectly(condition, answer(person(index)), now),
  )
  const handWrittenPerSecond = perSecondAtOnce(seconds, (index) => handWritten(person(index)))
  const advancesPerSecond = await perSecond(seconds, activate(evaluateCondition))
  return {
    conditionsPerSecond,
    directPerSecond,
    handWrittenPerSecond,
    handWrittenRatio: handWrittenPerSecond / conditionsPerSecond,
    handWrittenRatioDirect: handWrittenPerSecond / directPerSecond,
    advancesPerSecond,
    directAdvancesPerSecond: await perSecond(seconds, activate(evaluateDirectly)),
    nodesPerSecond: advancesPerSecond * 4,
  }
}

function activate(evaluate: Evaluate): (index: number) => Promise<unknown> {
  const plan = compile(graph, kinds)
  return (index) => {
    const one = person(index)
    const entry = { id: `e${index}`, name: 'order', occurredAt: now, properties: { total: one.total } }
    return advance({
      plan,
      kinds,
      identity: { journeyId: 'j', customerId: `c${index}`, entryKey: '' },
      state: newEnrollment(entry),
      input: { type: 'entered', node: 'in' },
      now,
      port: { read: async (ref) => ({ value: await answer(one)(ref), source: 'bench' }) },
      evaluate,
    })
  }
}

if (import.meta.filename === process.argv[1]) {
  for (const [name, figure] of Object.entries(await benchConditions()))
    console.log(`${name}: ${figure.toLocaleString('en', { maximumFractionDigits: figure < 1000 ? 1 : 0 })}`)
}
