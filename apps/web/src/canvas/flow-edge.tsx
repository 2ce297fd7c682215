import { Link } from '@tanstack/react-router'
import { kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import {
  BaseEdge,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  useStore,
} from '@xyflow/react'
import { Plus, X } from 'lucide-react'
import { type MouseEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { cx } from '../ui/cx.ts'
import { useEditor, useEditorStore } from './editor/editor-context.tsx'
import { type EditorState, nodeOf } from './editor/editor-store.ts'
import { disconnect, edgeFrom, type Point } from './graph/edit.ts'
import { curvature, middleOf, roundedPath } from './graph/route.ts'
import { isFar } from './zoom.ts'

/** Where an edge leaves, and the corners of its way when a plain curve would hide behind a card. */
export type FlowEdgeType = Edge<{ from: string; output: string; corners: Point[] | null }, 'flow'>

/** The outputs whose customers take an edge: its own, and those that lead nowhere themselves and share its way. */
function sharing({ graph }: EditorState, from: string, output: string): string {
  const node = nodeOf(graph, from)
  const fallbacks = (node && kindOf(kinds, node.kind)?.fallbacks) ?? {}
  const others = Object.keys(fallbacks).filter(
    (other) => fallbacks[other] === output && !edgeFrom(graph, { from, output: other }),
  )
  return [output, ...others].join()
}

/** The share of those who entered the node that left by this edge; it leads to those customers. */
function EdgeShare({ from, output }: { from: string; output: string }) {
  const { t } = useTranslation('canvas')
  const format = useFormat()
  const journey = useEditor((state) => state.journeyId)
  const outputs = useEditor((state) => sharing(state, from, output))
  const counts = useEditor((state) => state.numbers?.[from])
  if (!counts || counts.entered === 0) return null
  const count = outputs.split(',').reduce((sum, one) => sum + (counts.outputs[one] ?? 0), 0)
  const percent = format.percent(Math.round((count / counts.entered) * 100) / 100)
  const look =
    'tabular absolute top-full left-1/2 mt-0.5 -translate-x-1/2 rounded-full bg-page px-1 text-xs text-ink-2'
  if (count === 0) {
    return (
      <span data-edge-count="0" className={cx(look, 'pointer-events-none')}>
        {percent}
      </span>
    )
  }
  const figure = format.number(count)
  return (
    <Link
      to="/enrollments"
      search={{ journey, node: from, was: 'left', output: outputs }}
      tabIndex={-1}
      title={t('showThem', { label: t('numberMovedOn'), count: figure })}
      data-edge-count={figure}
      className={cx(look, 'hover:text-accent-text hover:underline')}
    >
      {percent}
    </Link>
  )
}

function EdgeTools({
  id,
  data,
  selected,
  x,
  y,
}: {
  id: string
  data: NonNullable<FlowEdgeType['data']>
  selected: boolean
  x: number
  y: number
}) {
  const { t } = useTranslation('canvas')
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  const add = (event: MouseEvent) => {
    event.stopPropagation()
    store.getState().openPicker({
      screen: { x: event.clientX, y: event.clientY },
      landing: { behind: { from: data.from, output: data.output } },
    })
  }
  const remove = () => {
    const { graph, apply } = store.getState()
    apply(disconnect(graph, id))
  }
  const button =
    'flex size-5 items-center justify-center rounded-full border bg-surface text-ink-3 shadow-sm after:absolute after:size-6 ' +
    'hover:border-accent hover:bg-accent hover:text-white focus-visible:border-accent'
  return (
    <div
      className="nodrag nopan pointer-events-auto absolute flex items-center gap-1"
      style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px) scale(var(--counter, 1))` }}
    >
      {editable && (
        <button
          type="button"
          tabIndex={-1}
          className={button}
          aria-label={t('addHere')}
          title={t('addHere')}
          onClick={add}
          data-edge-add={id}
        >
          <Plus size={12} aria-hidden />
        </button>
      )}
      {editable && selected && (
        <button
          type="button"
          className={cx(button, 'hover:border-err hover:bg-err')}
          aria-label={t('deleteEdge')}
          title={t('deleteEdge')}
          onClick={remove}
        >
          <X size={12} aria-hidden />
        </button>
      )}
      <EdgeShare from={data.from} output={data.output} />
    </div>
  )
}

/** React Flow ends edges at the rim of a handle's box; the line should meet the dot in its middle. */
const handleRadius = 10

/** An edge with a plus in its middle; the line lights up when a dragged kind would land on it. */
export const FlowEdge = memo(function FlowEdge(props: EdgeProps<FlowEdgeType>) {
  const { id, data, selected, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props
  const far = useStore(isFar)
  const lit = useEditor((state) => state.dropEdge === id)
  const corners = data?.corners
  const [curve, curveX, curveY] = getBezierPath({
    sourceX: sourceX - handleRadius,
    sourceY,
    targetX: targetX + handleRadius,
    targetY,
    sourcePosition,
    targetPosition,
    curvature,
  })
  const path = corners ? roundedPath(corners) : curve
  const { x, y } = corners ? middleOf(corners) : { x: curveX, y: curveY }
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={28}
        style={{
          stroke: lit || selected ? 'var(--accent)' : 'var(--line-control)',
          strokeWidth: lit ? 4 : selected ? 2.5 : far ? 3 : 1.5,
        }}
      />
      {data && !far && (
        <EdgeLabelRenderer>
          <EdgeTools id={id} data={data} selected={selected ?? false} x={x} y={y} />
        </EdgeLabelRenderer>
      )}
    </>
  )
})
