import { type GraphNode, kindOf, type Output } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { ArrowDown, ArrowUp, Copy, Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { Menu } from '../ui/menu.tsx'
import { StatusIcon } from '../ui/status-chip.tsx'
import { useEditor, useEditorStore } from './editor/editor-context.tsx'
import { nodeOf } from './editor/editor-store.ts'
import { useLeadsTo } from './editor/use-leads-to.ts'
import { EmptyStart } from './empty-canvas.tsx'
import { edgeFrom, type Source } from './graph/edit.ts'
import { swapWithNext } from './graph/swap.ts'
import { readingOrder } from './graph/walk.ts'
import { KindIcon } from './kind-icon.tsx'
import { useNodeName, useTemplateName } from './node-card.tsx'
import { NodeNumbers } from './node-numbers.tsx'
import { OutputCount } from './output-count.tsx'
import { OutputActions } from './panel/output-actions.tsx'
import { useNeeds } from './use-needs.ts'

/** The journey as a list in reading order: everything the canvas can do, without a mouse. */
export function Outline() {
  const { t } = useTranslation('canvas')
  const graph = useEditor((state) => state.graph)
  const editable = useEditor((state) => state.editable)
  const store = useEditorStore()
  const order = readingOrder(graph, kinds)
  const addEntry = (x: number, y: number) =>
    store.getState().openPicker({ screen: { x, y }, landing: { at: { x: 0, y: 0 } } })
  return (
    <section aria-label={t('outline')} className="size-full overflow-y-auto">
      <ol className="mx-auto flex max-w-3xl flex-col gap-2 p-4">
        {order.map((node, index) => (
          <OutlineItem key={node.id} node={node} number={index + 1} total={order.length} />
        ))}
      </ol>
      {order.length === 0 && (
        <div className="px-4 pb-4">
          <EmptyStart />
        </div>
      )}
      {editable && order.length > 0 && (
        <div className="mx-auto max-w-3xl px-4 pb-8 text-center">
          <Button
            icon={<Plus size={14} aria-hidden />}
            onClick={(event) => {
              const box = event.currentTarget.getBoundingClientRect()
              addEntry(box.left, box.bottom)
            }}
          >
            {t('addNode')}
          </Button>
        </div>
      )}
    </section>
  )
}

function OutlineItem({ node, number, total }: { node: GraphNode; number: number; total: number }) {
  const { t } = useTranslation('canvas')
  const text = useText()
  const nodeName = useNodeName()
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  const open = useEditor((state) => state.panel?.show === 'node' && state.panel.id === node.id)
  const live = useEditor((state) => state.numbers !== null)
  const errors = useEditor((state) =>
    state.fresh.has(node.id)
      ? 0
      : state.problems.filter((one) => one.nodeId === node.id && one.severity === 'error').length,
  )
  const templateName = useTemplateName(node)
  const kind = kindOf(kinds, node.kind)
  const needs = useNeeds(node.id, kind)
  const outputs = kind?.outputs(node.config) ?? []
  return (
    <li
      data-outline={node.id}
      className={cx('rounded-xl border bg-surface', open && 'border-accent ring-2 ring-ring/30')}
    >
      <div className="flex items-start gap-3 px-3 pt-2.5 pb-2">
        <span className="tabular mt-0.5 w-5 text-right text-xs text-ink-3" aria-hidden>
          {number}
        </span>
        <span className="mt-0.5 text-ink-2">
          <KindIcon name={kind?.icon} />
        </span>
        <button
          type="button"
          aria-label={[
            t('cardNumber', { number, total }),
            nodeName(node),
            errors > 0 ? t('errors', { count: errors }) : '',
            needs,
          ]
            .filter(Boolean)
            .join(', ')}
          data-outline-open
          className="min-w-0 flex-1 text-left"
          onClick={() => store.getState().openNode(node.id, '')}
        >
          <span className="block truncate text-sm font-semibold">{nodeName(node)}</span>
          <span className="block text-xs text-ink-2">
            {needs || templateName || (kind ? text(kind.summary(node.config)) : node.kind)}
          </span>
        </button>
        {errors > 0 && (
          <span className="mt-1 flex items-center gap-1 text-xs text-err">
            <StatusIcon status="err" />
            {t('errors', { count: errors })}
          </span>
        )}
        {editable && <ItemActions node={node} />}
      </div>
      {outputs.length > 0 && (
        <ul className="border-t px-3 py-1">
          {outputs.map((output) => (
            <OutlineOutput
              key={output.id}
              source={{ from: node.id, output: output.id }}
              output={output}
              alone={outputs.length === 1}
            />
          ))}
        </ul>
      )}
      {live && <NodeNumbers id={node.id} inWords />}
    </li>
  )
}

/** What can be done with the block itself; on a phone behind one button, so that its name has the room. */
function ItemActions({ node }: { node: GraphNode }) {
  const { t } = useTranslation('canvas')
  const nodeName = useNodeName()
  const store = useEditorStore()
  const graph = useEditor((state) => state.graph)
  const later = swapWithNext(graph, kinds, node.id)
  const before = graph.edges.find((edge) => edge.to === node.id)?.from
  const earlier = before ? swapWithNext(graph, kinds, before) : null
  const apply = (next: typeof later) => {
    if (next) store.getState().apply(next, undefined, { key: 'saidMoved', node })
  }
  const actions = [
    { key: 'moveEarlier', Icon: ArrowUp, disabled: !earlier, act: () => apply(earlier) },
    { key: 'moveLater', Icon: ArrowDown, disabled: !later, act: () => apply(later) },
    { key: 'editNode', Icon: Pencil, disabled: false, act: () => store.getState().openNode(node.id, '') },
    { key: 'duplicate', Icon: Copy, disabled: false, act: () => store.getState().duplicate([node.id]) },
    { key: 'deleteNode', Icon: Trash2, disabled: false, act: () => store.getState().askDelete([node.id]) },
  ] as const
  return (
    <>
      <div className="flex shrink-0 max-sm:hidden">
        {actions.map(({ key, Icon, disabled, act }) => (
          <IconButton
            key={key}
            size="sm"
            label={t(key)}
            disabled={disabled}
            icon={<Icon size={14} aria-hidden />}
            onClick={act}
          />
        ))}
      </div>
      <div className="sm:hidden">
        <Menu
          trigger={
            <IconButton
              label={t('actionsOf', { name: nodeName(node) })}
              icon={<Ellipsis size={16} aria-hidden />}
            />
          }
          items={actions.map(({ key, Icon, disabled, act }) => ({
            label: t(key),
            disabled,
            icon: <Icon size={14} aria-hidden />,
            onSelect: act,
          }))}
        />
      </div>
    </>
  )
}

function OutlineOutput({ source, output, alone }: { source: Source; output: Output; alone: boolean }) {
  const text = useText()
  const edge = useEditor((state) => edgeFrom(state.graph, source))
  const target = useEditor((state) => nodeOf(state.graph, edge?.to ?? null))
  const leads = useLeadsTo()(source, target)
  return (
    <li className="flex min-h-8 items-center gap-1 pl-8 text-sm max-sm:pl-0">
      <p className="min-w-0 flex-1">
        {!alone && <span>{text(output.label)} </span>}
        <span className={target ? 'text-ink-2' : 'text-ink-3'}>→ {leads}</span>
      </p>
      {!alone && <OutputCount node={source.from} output={output} />}
      <OutputActions source={source} output={output} />
    </li>
  )
}
