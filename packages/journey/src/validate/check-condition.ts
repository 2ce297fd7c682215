import { checkCondition } from '../condition/check.ts'
import { type Condition, isFactRef, leavesOf } from '../condition/schema.ts'
import { conditionSentence } from '../condition/sentence.ts'
import type { Graph, GraphNode } from '../graph.ts'
import { type AnyKind, kindOf, type PlacedCondition } from '../node.ts'
import { type Problem, problem } from '../problem.ts'
import { predecessors } from '../shape.ts'
import { type Catalogue, seen } from './catalogue.ts'
import { nodeLabel } from './label.ts'

const complete = { en: 'Choose what to compare, and with what.', ru: 'Выберите, что и с чем сравнить.' }
const correct = { en: 'Open the condition and correct it.', ru: 'Откройте условие и исправьте его.' }

/** What is wrong in a condition by itself, as problems of the node it stands in. */
export function faultsOf(
  { condition, scope, field }: PlacedCondition,
  nodeId: string | undefined,
): Problem[] {
  return checkCondition(condition, scope).map((fault) => ({
    code: fault.code,
    severity: 'error',
    nodeId: nodeId ?? null,
    field,
    text: fault.text,
    fix: fault.code === 'condition_incomplete' ? complete : correct,
  }))
}

/** Attributes and events nobody has, and answers of nodes that do not come before. */
export function checkReferences(
  condition: Condition,
  field: string,
  node: GraphNode,
  graph: Graph,
  kinds: readonly AnyKind[],
  catalogue: Catalogue,
): Problem[] {
  const earlier = predecessors(graph, node.id)
  return leavesOf(condition)
    .flatMap((leaf) => (isFactRef(leaf.value) ? [leaf, leaf.value] : [leaf]))
    .flatMap(({ fact, params }) => {
      const where = { nodeId: node.id, field }
      if (fact === 'attribute' && params.name && !catalogue.attributes.includes(params.name)) {
        return [problem('attribute_never_seen', where, { en: `“${params.name}”`, ru: `«${params.name}»` })]
      }
      if ((fact === 'event_count' || fact === 'event_sum') && params.event)
        return seen(params.event, catalogue, where)
      if (fact === 'saved' && params.node && !earlier.has(params.node)) {
        const other = graph.nodes.find(({ id }) => id === params.node)
        return [
          problem(
            'saved_node_missing',
            where,
            other ? nodeLabel(other, kinds, catalogue.templates) : params.node,
          ),
        ]
      }
      return []
    })
}

/**
 * Conditions that the filter of every entry already makes false. Only the entry event is looked at: attributes and
 * counts may change between the entry and the node.
 */
export function contradictions(
  node: GraphNode,
  placed: PlacedCondition[],
  graph: Graph,
  kinds: readonly AnyKind[],
): Problem[] {
  const filters = graph.nodes.flatMap((other) => {
    const kind = kindOf(kinds, other.kind)
    const parsed = kind?.entry ? kind.config.safeParse(other.config) : undefined
    return kind?.entry && parsed?.success ? [kind.entry(parsed.data).filter] : []
  })
  if (filters.length === 0 || filters.some((filter) => filter === undefined)) return []
  return placed
    .filter(({ scope }) => scope === 'node')
    .filter(({ condition }) =>
      filters.every((filter) =>
        checkCondition(
          { all: [...flatAll(asEntry(filter as Condition)), ...flatAll(condition)].filter(onlyEntry) },
          'node',
        ).some(({ code }) => code === 'condition_impossible'),
      ),
    )
    .map(({ condition, field }) => {
      const sentence = conditionSentence(condition)
      return problem(
        'contradicts_entry',
        { nodeId: node.id, field },
        { en: `“${sentence.en}”`, ru: `«${sentence.ru}»` },
      )
    })
}

function flatAll(condition: Condition): Condition[] {
  return 'all' in condition ? condition.all.flatMap(flatAll) : [condition]
}

function onlyEntry(condition: Condition): boolean {
  return leavesOf(condition).every((leaf) => leaf.fact === 'entry' && !isFactRef(leaf.value))
}

/** An entry filter as a later node would say it: this event is then the entry event. */
function asEntry(condition: Condition): Condition {
  if ('all' in condition) return { all: condition.all.map(asEntry) }
  if ('any' in condition) return { any: condition.any.map(asEntry) }
  if ('not' in condition) return { not: asEntry(condition.not) }
  return condition.fact === 'event' ? { ...condition, fact: 'entry' } : condition
}
