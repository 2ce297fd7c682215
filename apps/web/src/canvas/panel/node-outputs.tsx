import { type GraphNode, kindOf, type Output } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useTranslation } from 'react-i18next'
import { useText } from '../../i18n/use-language.ts'
import { Button } from '../../ui/button.tsx'
import { useEditor, useEditorStore } from '../editor/editor-context.tsx'
import { nodeOf } from '../editor/editor-store.ts'
import { useLeadsTo } from '../editor/use-leads-to.ts'
import { edgeFrom } from '../graph/edit.ts'
import { OutputActions } from './output-actions.tsx'
import { ProblemNote } from './problem-note.tsx'

/** Where each output of a node leads, and the way to change it without dragging. */
export function NodeOutputs({ node }: { node: GraphNode }) {
  const { t } = useTranslation('canvas')
  const outputs = kindOf(kinds, node.kind)?.outputs(node.config) ?? []
  if (outputs.length === 0) return null
  return (
    <section aria-label={t('outputs')} className="border-t pt-4">
      <h3 className="mb-2 text-sm font-medium">{t('outputs')}</h3>
      <ul className="flex flex-col gap-2">
        {outputs.map((output) => (
          <OutputRow key={output.id} node={node} output={output} alone={outputs.length === 1} />
        ))}
      </ul>
    </section>
  )
}

function OutputRow({ node, output, alone }: { node: GraphNode; output: Output; alone: boolean }) {
  const { t } = useTranslation('canvas')
  const text = useText()
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  const edge = useEditor((state) => edgeFrom(state.graph, { from: node.id, output: output.id }))
  const target = useEditor((state) => nodeOf(state.graph, edge?.to ?? null))
  const problem = useEditor((state) =>
    state.problems.find((one) => one.nodeId === node.id && one.field === `output.${output.id}`),
  )
  const fresh = useEditor((state) => state.fresh.has(node.id))
  const source = { from: node.id, output: output.id }
  const leads = useLeadsTo()(source, target)
  return (
    <li data-field-name={`output.${output.id}`} className="rounded-lg border px-2.5 py-1.5">
      <div className="flex items-center gap-1">
        <p className="min-w-0 flex-1 text-sm">
          {!alone && <span className="font-medium">{text(output.label)} </span>}
          <span className={target ? 'text-ink-2' : 'text-ink-3'}>→ {leads}</span>
        </p>
        <OutputActions source={source} output={output} />
      </div>
      {problem && !fresh && <ProblemNote problem={problem} />}
      {problem && editable && (
        <Button
          size="sm"
          look="ghost"
          className="mt-1 -ml-2 text-accent-text"
          onClick={() => {
            const exit = kinds.find(({ kind }) => kind === 'exit')
            if (exit) store.getState().insert(exit, { behind: source })
          }}
        >
          {t('endHere')}
        </Button>
      )}
    </li>
  )
}
