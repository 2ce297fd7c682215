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
import { disconnect, edgeFrom } from './graph/edit.ts'
import { isFar } from './zoom.ts'

export type FlowEdgeType = Edge<{ from: string; output: string }, 'flow'>

/** How many left by an output, with those of outputs that lead nowhere themselves and share its way. */
function leftBy({ numbers, graph }: EditorState, from: string, output: string): number | undefined {
  const counts = numbers?.[from]
  const node = nodeOf(graph, from)
  if (!counts || !node) return undefined
  const fallbacks = kindOf(kinds, node.kind)?.fallbacks ?? {}
  const sharing = Object.keys(fallbacks).filter(
    (other) => fallbacks[other] === output && !edgeFrom(graph, { from, output: other }),
  )
  return [output, ...sharing].reduce((sum, one) => sum + (counts.outputs[one] ?? 0), 0)
}

/** The share of those who entered the node that left by this edge, and the number behind it. */
function useShare(from: string, output: string): { percent: string; count: string } | null {
  const format = useFormat()
  const count = useEditor((state) => leftBy(state, from, output))
  const entered = useEditor((state) => state.numbers?.[from]?.entered ?? 0)
  if (count === undefined || entered === 0) return null
  return { percent: format.percent(Math.round((count / entered) * 100) / 100), count: format.number(count) }
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
  const share = useShare(data.from, data.output)
  const add = (event: MouseEvent) => {
    event.stopPropagation()
    store.getState().openPicker({ screen: { x: event.clientX, y: event.clientY }, landing: { behind: data } })
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
      {share && (
        <span
          title={share.count}
          data-edge-count={share.count}
          className="tabular pointer-events-none absolute top-full left-1/2 mt-0.5 -translate-x-1/2 rounded-full bg-page px-1 text-xs text-ink-2"
        >
          {share.percent}
        </span>
      )}
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
  const [path, x, y] = getBezierPath({
    sourceX: sourceX - handleRadius,
    sourceY,
    targetX: targetX + handleRadius,
    targetY,
    sourcePosition,
    targetPosition,
    curvature: 0.35,
  })
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
