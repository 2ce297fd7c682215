import { z } from 'zod'

/** A value a condition compares with: JSON data, no nesting beyond one list. */
export const comparandSchema = z.union([
  z.string().max(1000),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string().max(1000), z.number()])).max(1000),
])

const paramsSchema = z.record(z.string().max(40), z.string().max(200)).default({})

/** A declared fact and its parameters, such as `{fact: 'event', params: {property: 'total'}}`. */
export const factRefSchema = z.object({ fact: z.string().min(1).max(40), params: paramsSchema }).strict()

/** One comparison: subject, operator, and what it is compared with (a value or another fact). */
export const leafSchema = z
  .object({
    fact: z.string().min(1).max(40),
    params: paramsSchema,
    operator: z.string().min(1).max(40),
    value: z.union([comparandSchema, factRefSchema]).optional(),
  })
  .strict()

export type Comparand = z.infer<typeof comparandSchema>
export type FactRef = z.infer<typeof factRefSchema>
export type Leaf = z.infer<typeof leafSchema>

/** The stored form: a json-rules-engine condition without `path`, whose facts and operators are declared. */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Leaf

/** The most comparisons in one condition, and how deep its groups may nest. */
export const maxLeaves = 50
export const maxDepth = 5

const treeSchema: z.ZodType<Condition, Condition> = z.lazy(() =>
  z.union([
    z.object({ all: z.array(treeSchema).max(maxLeaves) }).strict(),
    z.object({ any: z.array(treeSchema).max(maxLeaves) }).strict(),
    z.object({ not: treeSchema }).strict(),
    leafSchema as unknown as z.ZodType<Leaf, Leaf>,
  ]),
)

const tooLarge = `at most ${maxLeaves} comparisons, nested at most ${maxDepth} deep`

/**
 * Checks a condition's shape, size and depth; the sense of its facts and operators is `checkCondition`'s work.
 * Depth is measured before anything recurses, so that no input can exhaust the stack.
 */
export const conditionSchema: z.ZodType<Condition, unknown> = z
  .unknown()
  .refine((input) => !isTooDeep(input), { message: tooLarge, abort: true })
  .pipe(treeSchema)
  .refine((condition) => depthOf(condition) <= maxDepth && leavesOf(condition).length <= maxLeaves, {
    message: tooLarge,
  })

/** Data deeper than any condition: each group is an object and a list, a leaf adds its params and its value's. */
function isTooDeep(input: unknown, left = 2 * maxDepth + 4): boolean {
  if (typeof input !== 'object' || input === null) return false
  return left === 0 || Object.values(input).some((member) => isTooDeep(member, left - 1))
}

/** Whether a condition is a single comparison rather than a group. */
export function isLeaf(condition: Condition): condition is Leaf {
  return 'fact' in condition
}

/** Whether what a leaf compares with is another fact. */
export function isFactRef(value: Leaf['value']): value is FactRef {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The direct members of a group; none for a leaf. */
export function membersOf(condition: Condition): Condition[] {
  if ('all' in condition) return condition.all
  if ('any' in condition) return condition.any
  if ('not' in condition) return [condition.not]
  return []
}

/** Every comparison of a condition, in reading order. */
export function leavesOf(condition: Condition): Leaf[] {
  return isLeaf(condition) ? [condition] : membersOf(condition).flatMap(leavesOf)
}

function depthOf(condition: Condition): number {
  return 1 + Math.max(0, ...membersOf(condition).map(depthOf))
}
