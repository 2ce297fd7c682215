import { defaultOperators, type Token, TypeGuards, toValueSync } from 'liquidjs'
import { templateRoots } from './template.ts'

/** The leading names of a variable: `['event', 'coupon']`. */
export type Path = readonly string[]

/** The variables that must have a value once a condition turned out true, and once it turned out false. */
export interface Tested {
  true: Path[]
  false: Path[]
}

const nothing: Tested = { true: [], false: [] }

/** What a condition in postfix order tells of its variables, judged as sending evaluates it: what is missing is null. */
export function testedBy(postfix: readonly Token[]): Tested {
  const stack: { token?: Token; tested: Tested }[] = []
  for (const token of postfix) {
    if (!TypeGuards.isOperatorToken(token)) {
      stack.push({ token, tested: truth(token) })
      continue
    }
    const right = stack.pop()
    const left = token.operator === 'not' ? undefined : stack.pop()
    stack.push({ tested: operated(token.operator, left, right) })
  }
  return stack[0]?.tested ?? nothing
}

/** What `left == right` tells: a `case` compares so with each value of its `when`. */
export function testedByEquality(left: Token | undefined, right: Token): Tested {
  return compared('==', left, right)
}

/** Whether a use stands where one of the tested variables, or a part of it, is known to have a value. */
export function isGuarded(path: Path, guards: readonly Path[]): boolean {
  return guards.some((guard) => {
    const shared = Math.min(guard.length, path.length)
    return guard.slice(0, shared).every((name, at) => path[at] === name)
  })
}

/** The leading names of a variable's token: `customer.orders[0].total` reads `customer.orders`. */
export function pathOf(token: Token): Path {
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable) return []
  const names = token.props.map((prop) => ('content' in prop ? prop.content : undefined))
  const end = names.findIndex((name) => typeof name !== 'string')
  return (end < 0 ? names : names.slice(0, end)).map(String)
}

function operated(
  operator: string,
  left: { token?: Token; tested: Tested } | undefined,
  right: { token?: Token; tested: Tested } | undefined,
): Tested {
  const [a, b] = [left?.tested ?? nothing, right?.tested ?? nothing]
  if (operator === 'not') return { true: b.false, false: b.true }
  if (operator === 'and') return { true: [...a.true, ...b.true], false: both(a.false, b.false) }
  if (operator === 'or') return { true: both(a.true, b.true), false: [...a.false, ...b.false] }
  return compared(operator, left?.token, right?.token)
}

/** Paths that are known whichever of two conditions decided. */
export function both(one: readonly Path[], other: readonly Path[]): Path[] {
  return one.filter((path) => other.some((known) => known.join('.') === path.join('.')))
}

function truth(token: Token): Tested {
  return { true: guardsOf(token), false: [] }
}

/** A whole root such as `event` is always there: testing it says nothing of what is inside. */
function guardsOf(token: Token): Path[] {
  const path = pathOf(token)
  const isRoot = path.length === 1 && (templateRoots as readonly string[]).includes(path[0] ?? '')
  return path.length === 0 || isRoot ? [] : [path]
}

/** Compares null with the literal: the other result than that one shows that the variable has a value. */
function compared(operator: string, left: Token | undefined, right: Token | undefined): Tested {
  const run = defaultOperators[operator] as ((l: unknown, r: unknown) => Iterator<unknown>) | undefined
  if (!run || !left || !right) return nothing
  const [known, variable] = 'content' in left ? [left, right] : [right, left]
  if (!('content' in known)) return nothing
  const asMissing = known === left ? run(known.content, null) : run(null, known.content)
  const paths = guardsOf(variable)
  return toValueSync(asMissing as never) ? { true: [], false: paths } : { true: paths, false: [] }
}
