import type { AnyKind, Problem } from '@tropa/journey'
import { type Field, fieldsOf } from '@tropa/nodes'
import { perObject } from './graph/per-object.ts'

/** Something a block still needs: a field, or a way that leads to it. */
export type Need = { field: Field } | { field: null }

const noWay = '.'

/** The fields of each node that have errors, as one comparable string; a dot stands for a way that leads to it. */
const gapsByNode = perObject((problems: readonly Problem[]) => {
  const byNode = new Map<string, string>()
  for (const { nodeId, severity, field, code } of problems) {
    if (nodeId === null || severity !== 'error') continue
    const gap = code === 'unreachable_node' ? noWay : field?.split('.')[0]
    if (gap) byNode.set(nodeId, `${byNode.get(nodeId) ?? ''}${gap}/`)
  }
  return byNode
})

/** What is missing at a node, as one comparable string for `needsOf`. */
export function gapsOf(problems: readonly Problem[], nodeId: string): string {
  return gapsByNode(problems).get(nodeId) ?? ''
}

/** What a block still needs before it can be published, each once; faults that are no gap are not told here. */
export function needsOf(gaps: string, kind: AnyKind | undefined): Need[] {
  if (!kind || gaps === '') return []
  const names = new Set(gaps.split('/'))
  return [
    ...fieldsOf(kind)
      .filter(({ name }) => names.has(name))
      .map((field) => ({ field })),
    ...(names.has(noWay) ? [{ field: null }] : []),
  ]
}
