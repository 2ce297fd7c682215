import { type AnyKind, kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { edgeFrom, type Point, type Source } from '../graph/edit.ts'
import { type EditorState, type Landing, nodeOf } from './editor-store.ts'

type Standing = Pick<EditorState, 'graph' | 'active'>

/** The outputs of the active node: those that go on, and those with a fallback, drawn only on purpose. */
function outputsOf({ graph, active }: Standing) {
  const node = nodeOf(graph, active)
  const kind = node && kindOf(kinds, node.kind)
  if (!node || !kind) return { main: [], exceptions: [] }
  const sources = kind.outputs(node.config).map(({ id }) => ({ from: node.id, output: id }))
  const isException = ({ output }: Source) => Object.hasOwn(kind.fallbacks, output)
  return { main: sources.filter((one) => !isException(one)), exceptions: sources.filter(isException) }
}

/**
 * The output new things go behind: the active node's first open one, else its first; `null` without an active node.
 * An output with a fallback, such as “not sent”, is never guessed.
 */
export function activeSource(state: Standing): Source | null {
  const { main } = outputsOf(state)
  return main.find((source) => !edgeFrom(state.graph, source)) ?? main[0] ?? null
}

/** The output an edge is drawn from: rather an open one of any sort than one that leads somewhere already. */
export function connectSource(state: Standing): Source | null {
  const { main, exceptions } = outputsOf(state)
  return [...main, ...exceptions].find((source) => !edgeFrom(state.graph, source)) ?? main[0] ?? null
}

/** Where a kind chosen without a place lands: behind the active node, else at a given point. */
export function naturalLanding(state: EditorState, kind: AnyKind, otherwise: Point): Landing {
  const behind = kind.entry ? null : activeSource(state)
  return behind ? { behind } : { at: otherwise }
}
