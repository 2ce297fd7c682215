import { useReactFlow } from '@xyflow/react'
import { useCallback } from 'react'
import { useEditorStore } from '../editor/editor-context.tsx'
import { motionMs } from '../zoom.ts'

/** Opens a node's panel in a field and brings its card to the middle of the canvas. */
export function useShowNode(): (id: string, field?: string) => void {
  const store = useEditorStore()
  const flow = useReactFlow()
  return useCallback(
    (id, field) => {
      store.getState().openNode(id, undefined)
      // In two steps, so that the same field asked for again is focused again.
      requestAnimationFrame(() => store.getState().openNode(id, field ?? ''))
      const zoom = Math.max(flow.getZoom(), 0.7)
      requestAnimationFrame(
        () => void flow.fitView({ nodes: [{ id }], minZoom: zoom, maxZoom: zoom, duration: motionMs() }),
      )
    },
    [store, flow],
  )
}
