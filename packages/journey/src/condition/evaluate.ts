import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine'
import { canonicalJson } from '../canonical.ts'
import { asksPresence, operatorById } from './operators.ts'
import { type Condition, type FactRef, isFactRef, isLeaf, type Leaf, leavesOf, membersOf } from './schema.ts'

/** Three-valued: what cannot be known is `unknown`, never silently false. */
export type Truth = 'true' | 'false' | 'unknown'

/** One comparison as it went: what was found, what it was compared with, and why it is unknown if it is. */
export interface LeafTrace {
  type: 'leaf'
  leaf: Leaf
  result: Truth
  actual: unknown
  expected: unknown
  unknownBecause: 'missing' | 'wrong_type' | null
}

export interface GroupTrace {
  type: 'all' | 'any' | 'not'
  result: Truth
  members: ConditionTrace[]
}

/** The rule trace kept in a step record: the condition's tree with every value it looked at. */
export type ConditionTrace = LeafTrace | GroupTrace

/** Answers a fact; `undefined` means that there is no such value. */
export type ReadFact = (ref: FactRef) => Promise<unknown>

/** Evaluates a condition on what `read` answers at `now`, epoch milliseconds. */
export type Evaluate = (condition: Condition, read: ReadFact, now: number) => Promise<ConditionTrace>

/** A comparison ready to be made, with the keys under which its facts are read only once. */
interface PreparedLeaf {
  leaf: Leaf
  key: string
  other: { ref: FactRef; key: string } | null
}

interface Prepared {
  engine: Engine | null
  leaves: PreparedLeaf[]
}

interface LeafFact {
  actual: unknown
  expected: unknown
  now: number
  known: boolean
}

const prepared = new WeakMap<Condition, Prepared>()

/**
 * Evaluates a condition with json-rules-engine; every distinct fact is read once. `now` is epoch milliseconds.
 * Throws on an operator nobody declared (`checkCondition` finds these before a publish).
 */
export const evaluateCondition: Evaluate = async (condition, read, now) => {
  const ready = prepare(condition)
  const { traces, values } = await look(ready, read, now)
  ready.engine ??= engineFor(condition)
  const run = await ready.engine.run(values)
  const outcome = run.results[0] ?? run.failureResults[0]
  if (!outcome) throw new Error('json-rules-engine returned no result for a condition')
  for (const evaluated of evaluatedLeaves(outcome.conditions as unknown as EvaluatedNode)) {
    const trace = traces[Number(evaluated.fact.slice(4))]
    if (trace && trace.unknownBecause === null) trace.result = evaluated.result ? 'true' : 'false'
  }
  return assembled(condition, traces)
}

/**
 * The same answer and trace as `evaluateCondition`, from the operators alone: several times faster, for back-tests over
 * many customers. Live runs use the engine; a property test holds the two together.
 */
export const evaluateDirectly: Evaluate = async (condition, read, now) => {
  const { traces } = await look(prepare(condition), read, now)
  for (const trace of traces) {
    const operator = operatorById(trace.leaf.operator)
    if (!operator) throw new Error(`Operator ${trace.leaf.operator} is not declared`)
    if (trace.unknownBecause !== null) continue
    trace.result = operator.holds(trace.actual ?? undefined, trace.expected ?? undefined, now)
      ? 'true'
      : 'false'
  }
  return assembled(condition, traces)
}

/** Reads what the comparisons ask for, and says which of them cannot be made. */
async function look({ leaves }: Prepared, read: ReadFact, now: number) {
  const answers = new Map<string, unknown>()
  const answer = async (ref: FactRef, key: string) => {
    if (!answers.has(key)) answers.set(key, (await read({ fact: ref.fact, params: ref.params })) ?? undefined)
    return answers.get(key)
  }
  const traces: LeafTrace[] = []
  const values: Record<string, LeafFact> = {}
  for (const [index, { leaf, key, other }] of leaves.entries()) {
    const actual = await answer(leaf, key)
    const expected = other ? await answer(other.ref, other.key) : leaf.value
    const unknownBecause = whyUnknown(leaf, actual, expected)
    values[`leaf${index}`] = { actual, expected, now, known: unknownBecause === null }
    traces.push({
      type: 'leaf',
      leaf,
      result: 'unknown',
      actual: actual ?? null,
      expected: expected ?? null,
      unknownBecause,
    })
  }
  return { traces, values }
}

function whyUnknown(leaf: Leaf, actual: unknown, expected: unknown): LeafTrace['unknownBecause'] {
  if (asksPresence(leaf.operator)) return null
  if (actual === undefined || (expected === undefined && operatorById(leaf.operator)?.operand !== 'none'))
    return 'missing'
  return operatorById(leaf.operator)?.fits(actual, expected) ? null : 'wrong_type'
}

function prepare(condition: Condition): Prepared {
  const known = prepared.get(condition)
  if (known) return known
  const keyOf = ({ fact, params }: FactRef) => canonicalJson([fact, params])
  const leaves = leavesOf(condition).map((leaf) => ({
    leaf,
    key: keyOf(leaf),
    other: isFactRef(leaf.value) ? { ref: leaf.value, key: keyOf(leaf.value) } : null,
  }))
  const made = { engine: null, leaves }
  prepared.set(condition, made)
  return made
}

function engineFor(condition: Condition): Engine {
  let count = 0
  const used = new Set<string>()
  const translate = (node: Condition): NestedCondition => {
    if ('all' in node) return { all: node.all.map(translate) }
    if ('any' in node) return { any: node.any.map(translate) }
    if ('not' in node) return { not: translate(node.not) }
    used.add(node.operator)
    count += 1
    return { fact: `leaf${count - 1}`, operator: node.operator, value: null }
  }
  const translated = translate(condition)
  const engine = new Engine([], { allowUndefinedFacts: false })
  for (const id of used) {
    const operator = operatorById(id)
    if (!operator) throw new Error(`Operator ${id} is not declared`)
    engine.addOperator<LeafFact, null>(
      id,
      (fact) => fact.known && operator.holds(fact.actual, fact.expected, fact.now),
    )
  }
  const conditions = (isLeaf(condition) ? { all: [translated] } : translated) as TopLevelCondition
  engine.addRule({ conditions, event: { type: 'holds' } })
  return engine
}

interface EvaluatedNode {
  all?: EvaluatedNode[]
  any?: EvaluatedNode[]
  not?: EvaluatedNode
  fact?: string
  result?: boolean
}

function* evaluatedLeaves(node: EvaluatedNode): Generator<{ fact: string; result: boolean }> {
  if (node.fact !== undefined) yield { fact: node.fact, result: node.result === true }
  for (const member of [...(node.all ?? []), ...(node.any ?? []), ...(node.not ? [node.not] : [])]) {
    yield* evaluatedLeaves(member)
  }
}

function assembled(condition: Condition, traces: LeafTrace[]): ConditionTrace {
  let next = 0
  return assemble(condition, () => traces[next++] as LeafTrace)
}

function assemble(condition: Condition, nextLeaf: () => LeafTrace): ConditionTrace {
  if (isLeaf(condition)) return nextLeaf()
  const members = membersOf(condition).map((member) => assemble(member, nextLeaf))
  const type = 'all' in condition ? 'all' : 'any' in condition ? 'any' : 'not'
  return {
    type,
    members,
    result: combine(
      type,
      members.map((member) => member.result),
    ),
  }
}

/** Kleene's three-valued logic over the members of a group. An empty `all` is true and an empty `any` is false. */
export function combine(type: GroupTrace['type'], results: Truth[]): Truth {
  if (type === 'not') {
    const [only = 'unknown'] = results
    return only === 'unknown' ? 'unknown' : only === 'true' ? 'false' : 'true'
  }
  const decisive = type === 'all' ? 'false' : 'true'
  if (results.includes(decisive)) return decisive
  if (results.includes('unknown')) return 'unknown'
  return type === 'all' ? 'true' : 'false'
}
