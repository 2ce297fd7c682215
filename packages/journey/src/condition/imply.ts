import { canonicalJson } from '../canonical.ts'
import { type Condition, type FactRef, isFactRef, isLeaf, type Leaf, membersOf } from './schema.ts'

/** Numbers a comparison lets through: from `low` to `high`, each end included or not. */
interface Range {
  low: number
  lowOpen: boolean
  high: number
  highOpen: boolean
}

/**
 * Whether a condition cannot be true whatever the data are. Sound, not complete: `false` promises nothing.
 * Parts that look at one fact are compared with each other inside each `all`.
 */
export function isImpossible(condition: Condition): boolean {
  if (isLeaf(condition)) return contradict([condition])
  if ('any' in condition) return condition.any.length > 0 && condition.any.every(isImpossible)
  if ('not' in condition) return isAlwaysTrue(condition.not)
  const parts = flatAll(condition)
  return contradict(parts.filter(isLeaf)) || parts.some((part) => !isLeaf(part) && isImpossible(part))
}

/** Whether a condition is true whatever the data are, missing ones included. Sound, not complete. */
export function isAlwaysTrue(condition: Condition): boolean {
  if (isLeaf(condition)) return false
  if ('all' in condition) return condition.all.every(isAlwaysTrue)
  if ('not' in condition) return isImpossible(condition.not) && neverUnknown(condition.not)
  const presence = condition.any.filter(isLeaf)
  return (
    condition.any.some(isAlwaysTrue) ||
    presence.some(
      (leaf) =>
        leaf.operator === 'isSet' &&
        presence.some((other) => other.operator === 'isNotSet' && factKey(other) === factKey(leaf)),
    )
  )
}

/** Whether `later` can be true only where `earlier` is true too. Sound, not complete. */
export function implies(later: Condition, earlier: Condition): boolean {
  if (canonicalJson(later) === canonicalJson(earlier) || isAlwaysTrue(earlier)) return true
  if (!isLeaf(earlier) && 'all' in earlier && earlier.all.length > 0)
    return earlier.all.every((part) => implies(later, part))
  if (!isLeaf(later) && 'any' in later && later.any.length > 0)
    return later.any.every((part) => implies(part, earlier))
  if (!isLeaf(earlier) && 'any' in earlier && earlier.any.some((part) => implies(later, part))) return true
  if (!isLeaf(later) && 'all' in later) return later.all.some((part) => implies(part, earlier))
  return isLeaf(later) && isLeaf(earlier) && leafImplies(later, earlier)
}

function leafImplies(later: Leaf, earlier: Leaf): boolean {
  if (factKey(later) !== factKey(earlier)) return false
  if (earlier.operator === 'isSet') return later.operator !== 'isNotSet'
  const inner = rangeOf(later)
  const outer = rangeOf(earlier)
  return (
    inner !== null &&
    outer !== null &&
    (outer.low < inner.low || (outer.low === inner.low && (inner.lowOpen || !outer.lowOpen))) &&
    (outer.high > inner.high || (outer.high === inner.high && (inner.highOpen || !outer.highOpen)))
  )
}

function flatAll(condition: Condition): Condition[] {
  return 'all' in condition ? condition.all.flatMap(flatAll) : [condition]
}

function neverUnknown(condition: Condition): boolean {
  if (!isLeaf(condition)) return membersOf(condition).every(neverUnknown)
  return condition.operator === 'isSet' || condition.operator === 'isNotSet'
}

function factKey(ref: FactRef): string {
  return canonicalJson([ref.fact, ref.params])
}

/** Whether comparisons that must all hold leave some fact no value. */
function contradict(leaves: Leaf[]): boolean {
  const groups = new Map<string, Leaf[]>()
  for (const leaf of leaves.filter(({ value }) => !isFactRef(value)))
    groups.set(factKey(leaf), [...(groups.get(factKey(leaf)) ?? []), leaf])
  return [...groups.values()].some(
    (group) => emptyRange(group) || twoValues(group) || group.some((one) => absentYetNeeded(one, group)),
  )
}

function absentYetNeeded(leaf: Leaf, group: Leaf[]): boolean {
  return leaf.operator === 'isNotSet' && group.some((other) => other.operator !== 'isNotSet')
}

function emptyRange(group: Leaf[]): boolean {
  const ranges = group.map(rangeOf).filter((range) => range !== null)
  const low = Math.max(...ranges.map((range) => range.low))
  const high = Math.min(...ranges.map((range) => range.high))
  if (ranges.length === 0 || low < high) return false
  const open = ranges.some(
    (range) => (range.low === low && range.lowOpen) || (range.high === high && range.highOpen),
  )
  return low > high || open
}

/** Values a fact must equal, against those it must not and those it may only have. */
function twoValues(group: Leaf[]): boolean {
  const wanted = group.filter(({ operator }) => operator === 'equal').map(({ value }) => value)
  const [first] = wanted
  if (first === undefined) return false
  return group.some(
    ({ operator, value }) =>
      (operator === 'equal' && value !== first) ||
      (operator === 'notEqual' && value === first) ||
      (operator === 'in' && Array.isArray(value) && !value.includes(first as string)) ||
      (operator === 'notIn' && Array.isArray(value) && value.includes(first as string)),
  )
}

function rangeOf({ operator, value }: Leaf): Range | null {
  if (operator === 'between' && Array.isArray(value)) {
    const [low, high] = value
    if (typeof low !== 'number' || typeof high !== 'number') return null
    return { low, lowOpen: false, high, highOpen: false }
  }
  if (typeof value !== 'number') return null
  const endless = { low: -Infinity, lowOpen: false, high: Infinity, highOpen: false }
  if (operator === 'equal') return { ...endless, low: value, high: value }
  if (operator === 'greaterThan') return { ...endless, low: value, lowOpen: true }
  if (operator === 'greaterThanInclusive') return { ...endless, low: value }
  if (operator === 'lessThan') return { ...endless, high: value, highOpen: true }
  if (operator === 'lessThanInclusive') return { ...endless, high: value }
  return null
}
