import type { GraphEdge } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import type { Connection, FinalConnectionState, HandleType, NodeChange } from '@xyflow/react'
import { useReactFlow } from '@xyflow/react'
import { type DragEvent, type MouseEvent, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../ui/toast.tsx'
import type { FlowNodeType } from '../editor-node.tsx'
import type { FlowEdgeType } from '../flow-edge.tsx'
import { canConnect, connect, disconnect, edgeFrom, moveNodes, type Point } from '../graph/edit.ts'
import type { Editor } from './editor-context.tsx'
import { useEditorStore } from './editor-context.tsx'

/** The MIME type under which the palette hands a kind to the canvas. */
export const kindMime = 'application/x-tropa-kind'

function pointOf(event: globalThis.MouseEvent | TouchEvent): Point {
  const at = 'clientX' in event ? event : event.changedTouches[0]
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 }
}

function elementIdAt({ x, y }: Point, selector: string): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const found = element.closest(selector)
    if (found) return found.getAttribute('data-id')
  }
  return null
}

function tryConnect(
  editor: Editor,
  from: string | null,
  output: string | null | undefined,
  to: string | null,
  replaced: (old: GraphEdge) => void,
): boolean {
  const { graph, apply } = editor.getState()
  if (!from || !output || !to || !canConnect(graph, kinds, from, to)) return false
  const next = connect(graph, { from, output }, to)
  apply(next, undefined, { key: 'saidConnected', node: graph.nodes.find(({ id }) => id === to) })
  const old = edgeFrom(graph, { from, output })
  if (old && next !== graph) replaced(old)
  return true
}

function nodeChanges(editor: Editor, changes: NodeChange<FlowNodeType>[]) {
  const { passing, selected } = editor.getState()
  const places: Record<string, Point> = {}
  const chosen = new Set(selected)
  for (const change of changes) {
    if (change.type === 'position' && change.position) places[change.id] = change.position
    if (change.type === 'select') {
      if (change.selected) chosen.add(change.id)
      else chosen.delete(change.id)
    }
  }
  const moved = Object.keys(places).length > 0
  const reselected = chosen.size !== selected.size || [...chosen].some((id) => !selected.has(id))
  if (moved || reselected) {
    editor.setState({
      ...(moved ? { passing: { ...passing, ...places } } : {}),
      ...(reselected ? { selected: chosen } : {}),
    })
  }
}

/** An output leads to one block, so a new line takes the place of the old one: says so, with the way back. */
function useOldLine(editor: Editor): (old: GraphEdge) => void {
  const { t } = useTranslation('canvas')
  return useCallback(
    (old) => {
      const bringBack = () => {
        const { graph, apply } = editor.getState()
        if (canConnect(graph, kinds, old.from, old.to)) apply(connect(graph, old, old.to))
      }
      showToast({ text: t('lineReplaced'), look: 'info', onUndo: bringBack })
    },
    [editor, t],
  )
}

/** What the mouse does on the canvas; every handler keeps its identity while the editor lives. */
export function useCanvasEvents() {
  const editor = useEditorStore()
  const { screenToFlowPosition } = useReactFlow()
  const offerOldLine = useOldLine(editor)
  return useMemo(() => {
    const commitMove = () => {
      const { passing, graph, apply } = editor.getState()
      if (Object.keys(passing).length > 0) apply(moveNodes(graph, passing))
      editor.setState({ passing: {} })
    }
    return {
      onNodesChange: (changes: NodeChange<FlowNodeType>[]) => nodeChanges(editor, changes),
      onNodeDragStop: commitMove,
      onSelectionDragStop: commitMove,
      onNodeClick: (event: MouseEvent, node: FlowNodeType) => {
        if (!event.shiftKey && !event.metaKey && !event.ctrlKey) editor.getState().openNode(node.id)
      },
      onEdgeClick: (_: MouseEvent, edge: FlowEdgeType) =>
        editor.setState({ selectedEdge: edge.id, selected: new Set() }),
      onPaneClick: () =>
        editor.setState({ selected: new Set(), selectedEdge: null, panel: null, picker: null }),
      isValidConnection: ({ source, target }: Connection | FlowEdgeType) =>
        canConnect(editor.getState().graph, kinds, source, target),
      onConnect: ({ source, sourceHandle, target }: Connection) =>
        void tryConnect(editor, source, sourceHandle, target, offerOldLine),
      onConnectEnd: (event: globalThis.MouseEvent | TouchEvent, connection: FinalConnectionState) => {
        if (connection.isValid || !connection.fromHandle || connection.fromHandle.type !== 'source') return
        const screen = pointOf(event)
        const { nodeId, id: output } = connection.fromHandle
        const target = elementIdAt(screen, '.react-flow__node')
        if (target) return void tryConnect(editor, nodeId, output, target, offerOldLine)
        const from = connection.from
        const moved = from === null || Math.hypot(from.x - screen.x, from.y - screen.y) > 24
        if (output && moved)
          editor.getState().openPicker({ screen, landing: { behind: { from: nodeId, output } } })
      },
      onReconnect: (old: FlowEdgeType, { source, sourceHandle, target }: Connection) => {
        const { graph, apply } = editor.getState()
        if (!sourceHandle || !canConnect(graph, kinds, source, target)) return
        apply(connect(disconnect(graph, old.id), { from: source, output: sourceHandle }, target))
      },
      onReconnectEnd: (event: globalThis.MouseEvent | TouchEvent, edge: FlowEdgeType, end: HandleType) => {
        const target = end === 'source' ? elementIdAt(pointOf(event), '.react-flow__node') : null
        if (target && target !== edge.target)
          tryConnect(editor, edge.source, edge.sourceHandle, target, offerOldLine)
      },
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes(kindMime)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        const dropEdge = elementIdAt({ x: event.clientX, y: event.clientY }, '.react-flow__edge')
        if (editor.getState().dropEdge !== dropEdge) editor.setState({ dropEdge })
      },
      onDragLeave: () => editor.setState({ dropEdge: null }),
      onDrop: (event: DragEvent) => {
        const kind = kinds.find((one) => one.kind === event.dataTransfer.getData(kindMime))
        if (!kind) return
        event.preventDefault()
        const { dropEdge, graph, insert } = editor.getState()
        const edge = kind.entry ? undefined : graph.edges.find(({ id }) => id === dropEdge)
        const at = screenToFlowPosition({ x: event.clientX - 120, y: event.clientY - 36 })
        insert(kind, edge ? { behind: { from: edge.from, output: edge.output } } : { at })
        editor.setState({ dropEdge: null })
      },
    }
  }, [editor, screenToFlowPosition, offerOldLine])
}
