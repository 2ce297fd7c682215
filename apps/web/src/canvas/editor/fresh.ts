import type { Graph, Problem } from '@tropa/journey'
import type { History } from '../graph/history.ts'

/** What the right-hand panel shows. */
export type Panel =
  | { show: 'node'; id: string; field?: string | undefined }
  | { show: 'journey'; field?: string | undefined }
  | { show: 'problems' }

/** The blocks that are being filled in for the first time, and the panel that is open. */
interface Filling {
  fresh: ReadonlySet<string>
  panel: Panel | null
}

const nobody: ReadonlySet<string> = new Set()

function nodeIn(panel: Panel | null): string | null {
  return panel?.show === 'node' ? panel.id : null
}

/**
 * What is left of the fresh blocks after a change: a block is fresh from when it is added until its panel is left.
 * Whoever asks for the problems sees them all.
 */
export function stillFresh({ fresh, panel }: Filling, before: Pick<Filling, 'panel'>): ReadonlySet<string> {
  if (fresh.size === 0 || panel === before.panel) return fresh
  if (panel?.show === 'problems') return nobody
  const left = nodeIn(before.panel)
  if (left === null || left === nodeIn(panel) || !fresh.has(left)) return fresh
  return new Set([...fresh].filter((id) => id !== left))
}

/** Whether all errors of a draft are in blocks that are being filled in for the first time. */
export function onlyFreshErrors({
  problems,
  fresh,
}: Pick<Filling, 'fresh'> & { problems: readonly Problem[] }): boolean {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return errors.length > 0 && errors.every(({ nodeId }) => nodeId !== null && fresh.has(nodeId))
}

/** Whether a draft is empty and nothing has been done to it yet: that is a beginning, not a mistake. */
export function isUntouched({ graph, history }: { graph: Graph; history: History<Graph> }): boolean {
  return graph.nodes.length === 0 && history.past.length === 0
}
