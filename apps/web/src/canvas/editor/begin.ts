import type { Graph } from '@tropa/journey'
import type { Editor } from './editor-context.tsx'

/** Shows what is wrong in every block from now on, also in those that are being filled in for the first time. */
export function judgeAll(editor: Editor): void {
  editor.setState({ fresh: new Set() })
}

/** Begins an empty draft with a ready graph, all of whose blocks are fresh. */
export function beginWith(editor: Editor, graph: Graph): void {
  editor.getState().apply(graph)
  editor.setState({ fresh: new Set(graph.nodes.map(({ id }) => id)) })
}
