import type { Graph } from './graph.ts'
import type { AnyKind } from './node.ts'
import type { Problem } from './problem.ts'
import { type Catalogue, seen } from './validate/catalogue.ts'
import { faultsOf } from './validate/check-condition.ts'
import { checkHaste } from './validate/check-message.ts'
import { checkNode } from './validate/check-node.ts'
import { checkShape } from './validate/check-shape.ts'

/** Every problem of a draft at once, errors first. `kinds` is the vocabulary, `catalogue` what the workspace has. */
export function validate(graph: Graph, kinds: readonly AnyKind[], catalogue: Catalogue): Problem[] {
  const problems = [
    ...checkShape(graph, kinds, catalogue.templates),
    ...checkHaste(graph, kinds, catalogue.templates),
    ...graph.nodes.flatMap((node) => checkNode(node, graph, kinds, catalogue)),
    ...graph.settings.exitRules.flatMap((rule, index) => [
      ...seen(rule.event, catalogue, { field: `settings.exitRules.${index}.event` }),
      ...(rule.filter
        ? faultsOf(
            { field: `settings.exitRules.${index}.filter`, scope: 'wait_filter', condition: rule.filter },
            undefined,
          )
        : []),
    ]),
  ]
  return problems.sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'))
}
