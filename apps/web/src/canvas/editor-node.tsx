import type { GraphNode } from '@tropa/journey'
import { kindOf, type Output } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { Handle, type Node, type NodeProps, Position, useStore, useUpdateNodeInternals } from '@xyflow/react'
import { CircleDashed, OctagonX, Plus, TriangleAlert } from 'lucide-react'
import { type MouseEvent, memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useText } from '../i18n/use-language.ts'
import { cx } from '../ui/cx.ts'
import { card, outputTop } from './card-size.ts'
import { useEditor, useEditorStore } from './editor/editor-context.tsx'
import { type EditorState, problemsByNode } from './editor/editor-store.ts'
import { useCardLabel } from './editor/use-card-label.ts'
import { edgeFrom } from './graph/edit.ts'
import { FarCard, NodeCard, useTemplateName } from './node-card.tsx'
import { NodeNumbers } from './node-numbers.tsx'
import { OutputCount } from './output-count.tsx'
import { useNeeds } from './use-needs.ts'
import { isFar } from './zoom.ts'

export type FlowNodeType = Node<{ node: GraphNode }, 'card'>

/** Errors and warnings of a node in one comparable string. */
function problemCounts(state: EditorState, id: string): string {
  const { errors = 0, warnings = 0 } = problemsByNode(state.problems).get(id) ?? {}
  return `${errors}/${warnings}`
}

/** What is wrong with a card, or quietly what a fresh one still needs. */
function ProblemBadge({ counts, needs, fresh }: { counts: string; needs: string; fresh: boolean }) {
  const { t } = useTranslation('canvas')
  if (fresh) {
    return needs === '' ? null : (
      <span className="text-ink-3" title={needs} data-needs>
        <CircleDashed size={16} aria-hidden />
      </span>
    )
  }
  const [errors = 0, warnings = 0] = counts.split('/').map(Number)
  if (errors > 0) {
    return (
      <span className="text-err" title={t('errors', { count: errors })} data-errors={errors}>
        <OctagonX size={16} aria-hidden />
      </span>
    )
  }
  if (warnings === 0) return null
  return (
    <span className="text-warn" title={t('warnings', { count: warnings })}>
      <TriangleAlert size={16} aria-hidden />
    </span>
  )
}

interface OutputHandleProps {
  nodeId: string
  output: Output
  top: number
  /** The output it follows while it leads nowhere itself. */
  follows: boolean
  far: boolean
}

function OutputHandle({ nodeId, output, top, follows, far }: OutputHandleProps) {
  const { t } = useTranslation('canvas')
  const text = useText()
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  const connected = useEditor(
    (state) => edgeFrom(state.graph, { from: nodeId, output: output.id }) !== undefined,
  )
  const openPicker = (event: MouseEvent) => {
    event.stopPropagation()
    store.getState().openPicker({
      screen: { x: event.clientX, y: event.clientY },
      landing: { behind: { from: nodeId, output: output.id } },
    })
  }
  const open = editable && !connected && !far
  return (
    <Handle
      type="source"
      id={output.id}
      position={Position.Right}
      isConnectable={editable}
      style={{ top }}
      data-output={output.id}
      title={open ? t('addAfter', { output: text(output.label) }) : undefined}
      onClick={open ? openPicker : undefined}
      className={cx('flow-handle', open && (follows ? 'flow-handle-quiet' : 'flow-handle-open'))}
    >
      {open && <Plus size={11} strokeWidth={2.5} className="pointer-events-none" aria-hidden />}
    </Handle>
  )
}

/** Tells React Flow when a node's handles have changed; it finds those of a new node by itself, all nodes in one go. */
function useHandleRefresh(id: string, outputs: string): void {
  const refresh = useUpdateNodeInternals()
  const known = useRef(outputs)
  useEffect(() => {
    if (known.current === outputs) return
    known.current = outputs
    refresh(id)
  }, [outputs, id, refresh])
}

function OutputNames({ outputs, fallbacks }: { outputs: Output[]; fallbacks: Record<string, string> }) {
  const text = useText()
  return (
    <ul className="pointer-events-none">
      {outputs.map((output) => (
        <li
          key={output.id}
          className={cx(
            'flex h-[26px] items-center justify-end truncate pr-4 pl-3 text-xs',
            fallbacks[output.id] ? 'text-ink-3' : 'text-ink-2',
          )}
        >
          <span className="truncate">{text(output.label)}</span>
        </li>
      ))}
    </ul>
  )
}

/** The numbers of the outputs, each before its name; apart from the card, whose button may hold no links. */
function OutputCounts({ id, outputs }: { id: string; outputs: Output[] }) {
  const text = useText()
  return (
    <ul className="pointer-events-none absolute inset-x-px" style={{ top: card.headed }}>
      {outputs.map((output) => (
        <li
          key={output.id}
          className="flex h-[26px] items-center justify-end gap-1.5 truncate pr-4 pl-3 text-xs"
        >
          <OutputCount node={id} output={output} />
          <span className="invisible truncate" aria-hidden>
            {text(output.label)}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** A node of the editor: its card, handles and the place for keyboard focus. */
export const EditorNode = memo(function EditorNode({ id, data, selected }: NodeProps<FlowNodeType>) {
  const { node } = data
  const kind = kindOf(kinds, node.kind)
  const outputs = kind?.outputs(node.config) ?? []
  const far = useStore(isFar)
  const store = useEditorStore()
  const active = useEditor((state) => state.active === id)
  const nobodyActive = useEditor((state) => state.active === null && state.graph.nodes[0]?.id === id)
  const counts = useEditor((state) => problemCounts(state, id))
  const format = useFormat()
  const live = useEditor((state) => state.numbers !== null)
  const entered =
    useEditor((state) => state.numbers && format.number(state.numbers[id]?.entered ?? 0)) ?? undefined
  const templateName = useTemplateName(node)
  const fresh = useEditor((state) => state.fresh.has(id))
  const needs = useNeeds(id, kind)
  const label = useCardLabel(node, fresh ? '' : counts, needs)
  useHandleRefresh(id, outputs.map((output) => output.id).join())
  const badge = <ProblemBadge counts={counts} needs={needs} fresh={fresh} />
  return (
    <div className="relative size-full">
      {!kind?.entry && (
        <Handle
          type="target"
          id="in"
          position={Position.Left}
          className="flow-handle-in"
          style={{ top: card.body / 2 }}
        />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a button element may not hold the card's blocks */}
      <div
        role="button"
        tabIndex={active || nobodyActive ? 0 : -1}
        aria-label={label}
        data-card={id}
        className="size-full rounded-xl"
        onFocus={() => store.getState().activate(id)}
      >
        {far ? (
          <FarCard kind={kind} selected={selected} badge={badge} figure={entered} />
        ) : (
          <NodeCard node={node} kind={kind} selected={selected} badge={badge} summary={needs || templateName}>
            {outputs.length > 1 && <OutputNames outputs={outputs} fallbacks={kind?.fallbacks ?? {}} />}
            {live && <div className="h-[30px] shrink-0" />}
          </NodeCard>
        )}
      </div>
      {live && !far && outputs.length > 1 && <OutputCounts id={id} outputs={outputs} />}
      {live && !far && (
        <div className="absolute inset-x-px bottom-px">
          <NodeNumbers id={id} />
        </div>
      )}
      {outputs.map((output, index) => (
        <OutputHandle
          key={output.id}
          nodeId={id}
          output={output}
          top={outputTop(index, outputs.length)}
          follows={kind?.fallbacks[output.id] !== undefined}
          far={far}
        />
      ))}
    </div>
  )
})
