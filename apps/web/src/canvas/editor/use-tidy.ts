import { kinds } from '@tropa/nodes'
import { useReactFlow } from '@xyflow/react'
import type { ElkNode } from 'elkjs/lib/elk-api'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../ui/toast.tsx'
import { placesFrom, toElk } from '../graph/arrange.ts'
import { moveNodes, type Point } from '../graph/edit.ts'
import { fitOptions, motionMs } from '../zoom.ts'
import { type Editor, useEditorStore } from './editor-context.tsx'

let engine: Promise<{ layout: (graph: ElkNode) => Promise<ElkNode> }> | undefined

/** Loads ELK on first use, in a worker of its own, so that neither the first paint nor a drag waits for it. */
function loadEngine() {
  engine ??= Promise.all([import('elkjs/lib/elk-api'), import('elkjs/lib/elk-worker.min.js?worker')]).then(
    ([{ default: Elk }, { default: ElkWorker }]) => new Elk({ workerFactory: () => new ElkWorker() }),
    (error: unknown) => {
      engine = undefined
      throw error
    },
  )
  return engine
}

const ease = (share: number) => 1 - (1 - share) ** 3

/** Moves cards frame by frame from where they stand to their new places; edges follow because positions do. */
function animate(editor: Editor, from: Record<string, Point>, to: Record<string, Point>): Promise<void> {
  const length = motionMs()
  if (length === 0) return Promise.resolve()
  const start = performance.now()
  return new Promise((resolve) => {
    const frame = (now: number) => {
      const share = ease(Math.min(1, (now - start) / length))
      const passing: Record<string, Point> = {}
      for (const [id, end] of Object.entries(to)) {
        const begin = from[id] ?? end
        passing[id] = { x: begin.x + (end.x - begin.x) * share, y: begin.y + (end.y - begin.y) * share }
      }
      editor.setState({ passing })
      if (share < 1) requestAnimationFrame(frame)
      else resolve()
    }
    requestAnimationFrame(frame)
  })
}

/** Tidies the layout, branches in output order, and shows it whole; one step back undoes it. */
export function useTidy(): { tidy: () => void; busy: boolean } {
  const editor = useEditorStore()
  const flow = useReactFlow()
  const { t } = useTranslation('canvas')
  const [busy, setBusy] = useState(false)
  const tidy = useCallback(async () => {
    const { graph, active, editable } = editor.getState()
    if (!editable || graph.nodes.length === 0) return
    setBusy(true)
    try {
      const elk = await loadEngine()
      const places = placesFrom(await elk.layout(toElk(graph, kinds)), graph, active)
      if (editor.getState().graph !== graph) return
      await animate(editor, Object.fromEntries(graph.nodes.map(({ id, position }) => [id, position])), places)
      // Not `graph`: what a member has changed while the cards moved stays changed.
      const { graph: now, apply } = editor.getState()
      apply(moveNodes(now, places), undefined, { key: 'saidTidied' })
      requestAnimationFrame(() => void flow.fitView(fitOptions()))
    } catch (error) {
      showToast({
        text: t('tidyFailed', { reason: error instanceof Error ? error.message : String(error) }),
        look: 'error',
      })
    } finally {
      setBusy(false)
    }
  }, [editor, flow, t])
  return { tidy: () => void tidy(), busy }
}
