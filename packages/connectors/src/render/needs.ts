import {
  type Arguments,
  AssignTag,
  analyzeSync,
  CaseTag,
  IfTag,
  type Template,
  type Token,
  TypeGuards,
  toValueSync,
  UnlessTag,
  type ValueToken,
  type Variable,
} from 'liquidjs'
import { both, isGuarded, type Path, pathOf, testedBy, testedByEquality } from './guards.ts'

type Argument = Arguments extends Iterable<infer One> ? One : never

/** What assignments took from where, by the name they gave it. */
type Taken = Map<string, ValueToken[]>

/**
 * The uses of variables that must have a value for a template to be sent whole. Left out are uses that do without:
 * one whose first filter is `default`, a condition itself, and one inside a branch that is only taken when the
 * variable has a value (`if`, `unless`, `elsif`, `else`, `case`). What `assign` takes counts once its name is used.
 */
export function findNeeds(templates: readonly Template[]): Variable[] {
  const taken: Taken = new Map()
  const kept = templates.map((template) => prune(template, [], taken))
  for (;;) {
    const { variables, globals } = analyzeSync(kept, { partials: false })
    const used = Object.keys(variables).find((name) => taken.has(name))
    if (used === undefined) return Object.values(globals).flat()
    kept.push(reading(taken.get(used) ?? []))
    taken.delete(used)
  }
}

/** The same template without the uses that need no value. */
function prune(template: Template, guards: readonly Path[], taken: Taken): Template {
  const own = Array.from(template.arguments?.() ?? [])
  const lenient = own.filter((argument) => isLenient(template, argument))
  const uses = own.flatMap((argument) => usesOf(argument, lenient.includes(argument), guards))
  if (template instanceof AssignTag) take(template, own, guards, taken)
  const children = template.children ? pruneChildren(template, guards, taken) : undefined
  return {
    ...reading(uses),
    ...(children && { children: () => listed(children) }),
    ...(template.blockScope && { blockScope: () => template.blockScope?.() ?? [] }),
    ...(template.localScope && { localScope: () => template.localScope?.() ?? [] }),
  }
}

/** The analysis asks a template's children of a generator. */
function* listed(children: Template[]): Generator<unknown, Template[]> {
  yield* []
  return children
}

function reading(uses: readonly ValueToken[]): Template {
  return { token: uses[0] as Token, render: () => '', arguments: () => uses }
}

/** Where sending takes null for what is missing: conditions, assignments, and before `default`. */
function isLenient(template: Template, argument: Argument): boolean {
  const deciding = [IfTag, UnlessTag, CaseTag, AssignTag].some((tag) => template instanceof tag)
  return deciding || hasDefault(argument)
}

function hasDefault(argument: Argument): boolean {
  return 'filters' in argument && argument.filters[0]?.name === 'default'
}

function initialOf(argument: Argument): readonly Token[] {
  return 'initial' in argument ? argument.initial.postfix : [argument]
}

function usesOf(argument: Argument, lenient: boolean, guards: readonly Path[]): ValueToken[] {
  const given = 'filters' in argument ? argument.filters.flatMap(({ args }) => args) : []
  const values = given.map((one) => (Array.isArray(one) ? one[1] : one))
  return [
    ...initialOf(argument).flatMap((token) => unguarded(token, lenient, guards)),
    ...values.flatMap((token) => (token ? unguarded(token as Token, false, guards) : [])),
  ]
}

/** A token's variables that need a value; a key or bound inside one that does without still needs its own. */
function unguarded(token: Token, lenient: boolean, guards: readonly Path[]): ValueToken[] {
  if (TypeGuards.isRangeToken(token))
    return [token.lhs, token.rhs].flatMap((bound) => unguarded(bound, false, guards))
  if (!TypeGuards.isPropertyAccessToken(token)) return []
  if (!lenient && !isGuarded(pathOf(token), guards)) return [token]
  return token.props.flatMap((key) => unguarded(key, false, guards))
}

function take(tag: AssignTag, own: readonly Argument[], guards: readonly Path[], taken: Taken): void {
  const uses = own.flatMap((argument) =>
    hasDefault(argument) ? [] : initialOf(argument).flatMap((token) => unguarded(token, false, guards)),
  )
  for (const { content } of tag.localScope()) taken.set(content, [...(taken.get(content) ?? []), ...uses])
}

function pruneChildren(tag: Template, guards: readonly Path[], taken: Taken): Template[] {
  const inside = (templates: readonly Template[], tested: readonly Path[]) =>
    templates.map((template) => prune(template, [...guards, ...tested], taken))
  if (tag instanceof CaseTag) return branchesOfCase(tag, inside)
  if (tag instanceof IfTag || tag instanceof UnlessTag) return branchesOfIf(tag, inside)
  return inside(toValueSync(tag.children?.(false, true) as never) as Template[], [])
}

type Inside = (templates: readonly Template[], tested: readonly Path[]) => Template[]

function branchesOfIf(tag: IfTag | UnlessTag, inside: Inside): Template[] {
  const before: Path[] = []
  const kept = tag.branches.flatMap(({ value, templates }, at) => {
    const tested = value.filters.length > 0 ? { true: [], false: [] } : testedBy(value.initial.postfix)
    const turned = tag instanceof UnlessTag && at === 0
    const branch = inside(templates, [...before, ...(turned ? tested.false : tested.true)])
    before.push(...(turned ? tested.true : tested.false))
    return branch
  })
  return [...kept, ...inside(tag.elseTemplates ?? [], before)]
}

function branchesOfCase(tag: CaseTag, inside: Inside): Template[] {
  const [subject, ...more] = tag.value.initial.postfix
  const plain = more.length === 0 && tag.value.filters.length === 0 ? subject : undefined
  const compared = tag.branches.map(({ templates, values }) => ({
    templates,
    tested: values.map((value) => testedByEquality(plain, value)),
  }))
  const kept = compared.flatMap(({ templates, tested }) =>
    inside(templates, tested.map((one) => one.true).reduce(both)),
  )
  return [
    ...kept,
    ...inside(
      tag.elseTemplates,
      compared.flatMap(({ tested }) => tested.flatMap((one) => one.false)),
    ),
  ]
}
