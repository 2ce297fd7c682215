import './canvas.css'
import { Background, BackgroundVariant, MiniMap, ReactFlow, type Viewport } from '@xyflow/react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMember } from '../session/use-member.ts'
import { CanvasControls } from './canvas-controls.tsx'
import { useEditor } from './editor/editor-context.tsx'
import { useCanvasEvents } from './editor/use-canvas-events.ts'
import { useCanvasKeys } from './editor/use-canvas-keys.ts'
import { useFirstView } from './editor/use-first-view.ts'
import { useFlowEdges, useFlowNodes } from './editor/use-flow-elements.ts'
import { useKeepInView } from './editor/use-keep-in-view.ts'
import { useTidy } from './editor/use-tidy.ts'
import { rememberViewport } from './editor/viewports.ts'
import { EditorNode } from './editor-node.tsx'
import { EmptyCanvas } from './empty-canvas.tsx'
import { FlowEdge } from './flow-edge.tsx'
import { KeyHelp } from './key-help.tsx'
import { Palette } from './palette.tsx'
import { useFlowWords } from './use-flow-words.ts'

const nodeTypes = { card: EditorNode }
const edgeTypes = { flow: FlowEdge }
const snapGrid: [number, number] = [8, 8]
const proOptions = { hideAttribution: false }
const deleteNothing: string[] = []

/** Drawing only what is visible costs more than it saves on small graphs. */
const visibleOnlyAbove = 300

/** The canvas of the editor: cards and edges, palette, controls, and the keyboard around them. */
export function JourneyCanvas({ journeyId }: { journeyId: string }) {
  const { t } = useTranslation('canvas')
  const words = useFlowWords()
  const nodes = useFlowNodes()
  const edges = useFlowEdges()
  const events = useCanvasEvents()
  const editable = useEditor((state) => state.editable)
  const frame = useRef<HTMLDivElement>(null)
  const asLeft = useKeepInView(frame)
  const [helpOpen, setHelpOpen] = useState(false)
  const [mapOpen, setMapOpen] = useState(true)
  const { tidy, busy } = useTidy()
  const keyActions = useMemo(() => ({ tidy, help: () => setHelpOpen(true) }), [tidy])
  const onKeyDown = useCanvasKeys(frame, keyActions)
  const { id: memberId } = useMember()
  const counterScale = useCallback((_: unknown, viewport: Viewport) => {
    // Small targets keep their size on the screen while the canvas is zoomed out.
    frame.current?.style.setProperty('--counter', String(Math.min(2.2, Math.max(1, 1 / viewport.zoom))))
  }, [])
  const keepViewport = useCallback(
    (_: unknown, viewport: Viewport) => rememberViewport(localStorage, memberId, journeyId, asLeft(viewport)),
    [memberId, journeyId, asLeft],
  )
  const first = useFirstView(frame, nodes, memberId, journeyId)
  return (
    <section aria-label={t('canvas')} className="flex size-full" onKeyDown={onKeyDown}>
      {editable && <Palette />}
      <div ref={frame} className="relative min-w-0 flex-1">
        {first && (
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            ariaLabelConfig={words}
            {...events}
            onInit={(flow) => counterScale(null, flow.getViewport())}
            onMove={counterScale}
            onMoveEnd={keepViewport}
            defaultViewport={first}
            minZoom={0.1}
            maxZoom={2}
            snapToGrid
            snapGrid={snapGrid}
            connectionRadius={36}
            connectOnClick={false}
            nodesConnectable={editable}
            edgesReconnectable={editable}
            nodesFocusable={false}
            edgesFocusable={false}
            disableKeyboardA11y
            deleteKeyCode={deleteNothing}
            panOnScroll
            selectNodesOnDrag={false}
            elevateNodesOnSelect={false}
            onlyRenderVisibleElements={nodes.length > visibleOnlyAbove}
            proOptions={proOptions}
          >
            <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} />
            {mapOpen && nodes.length > 0 && (
              <MiniMap
                pannable
                zoomable
                ariaLabel={t('minimap')}
                className="max-lg:hidden"
                style={{ width: 160, height: 100 }}
              />
            )}
          </ReactFlow>
        )}
        <CanvasControls
          tidy={tidy}
          tidying={busy}
          mapOpen={mapOpen}
          onMap={() => setMapOpen(!mapOpen)}
          onHelp={() => setHelpOpen(true)}
        />
        {nodes.length === 0 && <EmptyCanvas />}
      </div>
      <KeyHelp open={helpOpen} onOpenChange={setHelpOpen} />
    </section>
  )
}
