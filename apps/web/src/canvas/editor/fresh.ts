import type { Graph } from '@tropa/journey'
import type { Editor } from './editor-context.tsx'
import type { EditorState, Panel } from './editor-store.ts'

const nobody: ReadonlySet<string> = new Set()

function nodeIn(panel: Panel | null): string | null {
  return panel?.show === 'node' ? panel.id : null
}

/**
 * What is left of the fresh blocks after a change: a block is fresh from when it is added until its panel is left.
 * Whoever asks for the problems sees them all.
 */
export function stillFresh(
  { fresh, panel }: Pick<EditorState, 'fresh' | 'panel'>,
  before: Pick<EditorState, 'panel'>,
): ReadonlySet<string> {
  if (fresh.size === 0 || panel === before.panel) return fresh
  if (panel?.show === 'problems') return nobody
  const left = nodeIn(before.panel)
  if (left === null || left === nodeIn(panel) || !fresh.has(left)) return fresh
  return new Set([...fresh].filter((id) => id !== left))
}

/** Shows what is wrong in every block from now on, also in those that are being filled in for the first time. */
export function judgeAll(editor: Editor): void {
  editor.setState({ fresh: nobody })
}

/** Begins an empty draft with a ready graph, all of whose blocks are fresh. */
export function beginWith(editor: Editor, graph: Graph): void {
  editor.getState().apply(graph)
  editor.setState({ fresh: new Set(graph.nodes.map(({ id }) => id)) })
}

/** Whether all errors of a draft are in blocks that are being filled in for the first time. */
export function onlyFreshErrors({ problems, fresh }: Pick<EditorState, 'problems' | 'fresh'>): boolean {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return errors.length > 0 && errors.every(({ nodeId }) => nodeId !== null && fresh.has(nodeId))
}
