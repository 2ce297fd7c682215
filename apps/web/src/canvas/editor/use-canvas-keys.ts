import { kinds } from '@tropa/nodes'
import { useReactFlow } from '@xyflow/react'
import { type KeyboardEvent as ReactKeyboardEvent, type RefObject, useCallback, useEffect } from 'react'
import { cutOut, disconnect } from '../graph/edit.ts'
import { neighbour, readingOrder } from '../graph/walk.ts'
import { fitOptions, motionMs } from '../zoom.ts'
import { activeSource, connectSource } from './active-source.ts'
import { readClipboard, writeClipboard } from './clipboard.ts'
import { type Editor, useEditorStore } from './editor-context.tsx'
import { type CanvasCommand, commandOf } from './keys.ts'

type Flow = ReturnType<typeof useReactFlow>

/** Moves keyboard focus to a card, bringing it into view first when it is not drawn. */
export function focusCard(id: string, flow: Flow): void {
  let frames = 0
  const tryFocus = () => {
    const card = document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)
    if (card) {
      card.focus({ preventScroll: true })
      if (isOutside(card))
        void flow.fitView({
          nodes: [{ id }],
          maxZoom: flow.getZoom(),
          minZoom: flow.getZoom(),
          duration: motionMs(),
        })
      return
    }
    if (frames === 0) void flow.fitView({ nodes: [{ id }], maxZoom: flow.getZoom(), minZoom: flow.getZoom() })
    frames += 1
    if (frames < 30) requestAnimationFrame(tryFocus)
  }
  tryFocus()
}

function isOutside(card: HTMLElement): boolean {
  const pane = card.closest('.react-flow')?.getBoundingClientRect()
  const box = card.getBoundingClientRect()
  return (
    !pane || box.left < pane.left || box.right > pane.right || box.top < pane.top || box.bottom > pane.bottom
  )
}

function chosen(editor: Editor): string[] {
  const { selected, active } = editor.getState()
  return selected.size > 0 ? [...selected] : active ? [active] : []
}

function walk(editor: Editor, flow: Flow, way: Parameters<typeof neighbour>[3]) {
  const { graph, active } = editor.getState()
  const to = active ? neighbour(graph, kinds, active, way) : readingOrder(graph, kinds)[0]?.id
  if (to) focusCard(to, flow)
}

function addAfterActive(editor: Editor) {
  const { active, openPicker } = editor.getState()
  const behind = activeSource(editor.getState())
  const box = document.querySelector(`[data-card="${CSS.escape(active ?? '')}"]`)?.getBoundingClientRect()
  const pane = document.querySelector('.react-flow')?.getBoundingClientRect()
  const screen = box
    ? { x: box.right + 8, y: box.top }
    : { x: (pane?.left ?? 0) + (pane?.width ?? 0) / 2, y: (pane?.top ?? 0) + 120 }
  openPicker({
    screen,
    landing: behind ? { behind } : { at: { x: 0, y: 0 } },
  })
}

function deleteChosen(editor: Editor) {
  const { graph, apply, askDelete, selectedEdge, selected } = editor.getState()
  if (selectedEdge && selected.size === 0) return apply(disconnect(graph, selectedEdge))
  const ids = chosen(editor)
  if (ids.length > 0) askDelete(ids)
}

/** Shows what has just been added where the eye may not be. */
function showActive(editor: Editor, flow: Flow) {
  const { active } = editor.getState()
  // Two frames: React draws the new card in the first, React Flow measures it in the second.
  if (active) requestAnimationFrame(() => requestAnimationFrame(() => focusCard(active, flow)))
}

async function clipboardCommand(editor: Editor, flow: Flow, command: 'copy' | 'cut' | 'paste') {
  if (command === 'paste') {
    const part = await readClipboard()
    if (!part || !editor.getState().editable) return
    editor.getState().paste(part)
    return showActive(editor, flow)
  }
  const ids = new Set(chosen(editor))
  if (ids.size === 0) return
  await writeClipboard(cutOut(editor.getState().graph, ids))
  if (command === 'cut') editor.getState().askDelete([...ids])
}

function startConnecting(editor: Editor) {
  const connecting = connectSource(editor.getState())
  if (editor.getState().editable && connecting) editor.setState({ connecting })
}

function actions(
  editor: Editor,
  flow: Flow,
  more: { tidy: () => void; help: () => void },
): Record<CanvasCommand, () => void> {
  const state = () => editor.getState()
  const openActive = (field?: string) => {
    const { active } = state()
    if (active) state().openNode(active, field)
  }
  return {
    undo: () => state().undo(),
    redo: () => state().redo(),
    copy: () => void clipboardCommand(editor, flow, 'copy'),
    cut: () => void clipboardCommand(editor, flow, 'cut'),
    paste: () => void clipboardCommand(editor, flow, 'paste'),
    duplicate: () => {
      state().duplicate(chosen(editor))
      showActive(editor, flow)
    },
    selectAll: () => state().select(state().graph.nodes.map(({ id }) => id)),
    delete: () => deleteChosen(editor),
    add: () => addAfterActive(editor),
    connect: () => startConnecting(editor),
    open: () => openActive(''),
    close: () => editor.setState({ panel: null, picker: null, selected: new Set(), selectedEdge: null }),
    rename: () => openActive('name'),
    zoom100: () => void flow.zoomTo(1, { duration: motionMs() }),
    fit: () => void flow.fitView(fitOptions()),
    zoomSelection: () =>
      void flow.fitView({ nodes: chosen(editor).map((id) => ({ id })), duration: motionMs(), maxZoom: 1.25 }),
    zoomIn: () => void flow.zoomIn({ duration: motionMs() }),
    zoomOut: () => void flow.zoomOut({ duration: motionMs() }),
    next: () => walk(editor, flow, 'next'),
    previous: () => walk(editor, flow, 'previous'),
    siblingBefore: () => walk(editor, flow, 'sibling_before'),
    siblingAfter: () => walk(editor, flow, 'sibling_after'),
    first: () => {
      const first = readingOrder(state().graph, kinds)[0]
      if (first) focusCard(first.id, flow)
    },
    tidy: more.tidy,
    help: more.help,
  }
}

/**
 * The keyboard of the canvas: for the element around it, active while no text is being typed. Keys pressed while the
 * focus is nowhere, as on a page just opened or after a press on an empty place, are the canvas's too.
 */
export function useCanvasKeys(
  frame: RefObject<HTMLElement | null>,
  more: { tidy: () => void; help: () => void },
): (event: ReactKeyboardEvent) => void {
  const editor = useEditorStore()
  const flow = useReactFlow()
  const onKeyDown = useCallback(
    (event: ReactKeyboardEvent | KeyboardEvent) => {
      const target = event.target as HTMLElement
      const onButton = target.tagName === 'BUTTON' || target.tagName === 'A'
      if (event.defaultPrevented || target.closest('input, textarea, select, [role="dialog"], [role="menu"]'))
        return
      const command = commandOf(event)
      if (!command || (onButton && (command === 'open' || command === 'next'))) return
      event.preventDefault()
      actions(editor, flow, more)[command]()
    },
    [editor, flow, more],
  )
  useEffect(() => {
    const onNowhere = (event: KeyboardEvent) => {
      if (frame.current && (event.target as Node).contains(frame.current)) onKeyDown(event)
    }
    window.addEventListener('keydown', onNowhere)
    return () => window.removeEventListener('keydown', onNowhere)
  }, [frame, onKeyDown])
  return onKeyDown
}
