import { type GraphNode, kindOf } from '@tropa/journey'
import { type Field as FormField, fieldsOf, kinds } from '@tropa/nodes'
import { Copy, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { capitalised } from '../../i18n/capitalised.ts'
import { useText } from '../../i18n/use-language.ts'
import { Button } from '../../ui/button.tsx'
import { Input } from '../../ui/input.tsx'
import { useEditor, useEditorStore } from '../editor/editor-context.tsx'
import { nodeOf } from '../editor/editor-store.ts'
import { configureNode, renameNode } from '../graph/edit.ts'
import { KindIcon } from '../kind-icon.tsx'
import { useNodeName } from '../node-card.tsx'
import { useNeedWords } from '../use-needs.ts'
import { focusField } from './focus-field.ts'
import { belongsTo, isAside, NodeField } from './node-field.tsx'
import { NodeOutputs } from './node-outputs.tsx'
import { ProblemNote, QuietNote } from './problem-note.tsx'
import { SidePanel } from './side-panel.tsx'

/** The form of one node: its name, the fields of its kind, its outputs. */
export function NodePanel({ id, field }: { id: string; field: string | undefined }) {
  const node = useEditor((state) => nodeOf(state.graph, id))
  const container = useRef<HTMLDivElement>(null)
  const { t } = useTranslation('canvas')
  const nodeName = useNodeName()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same field of another node must be focused again
  useEffect(() => {
    if (field !== undefined && container.current) focusField(container.current, field)
  }, [field, id])
  if (!node) return null
  return (
    <SidePanel
      label={t('panelOf', { name: nodeName(node) })}
      header={<PanelHead node={node} />}
      footer={<PanelFoot id={id} />}
    >
      <div ref={container} key={id} className="flex flex-col gap-5">
        <NodeForm node={node} />
        <NodeOutputs node={node} />
        <AsideNotes id={id} />
      </div>
    </SidePanel>
  )
}

function AsideNotes({ id }: { id: string }) {
  const problems = useEditor((state) => state.problems)
  const aside = problems.filter((problem) => problem.nodeId === id && isAside(problem))
  if (aside.length === 0) return null
  return (
    <div className="border-t pt-2.5">
      {aside.map((problem) => (
        <ProblemNote key={`${problem.code}${problem.field}`} problem={problem} />
      ))}
    </div>
  )
}

function PanelHead({ node }: { node: GraphNode }) {
  const { t } = useTranslation('canvas')
  const text = useText()
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  const kind = kindOf(kinds, node.kind)
  const title = kind ? text(kind.title) : node.kind
  return (
    <div className="flex items-start gap-2.5" data-field-name="name">
      <span className="mt-1.5 text-ink-2">
        <KindIcon name={kind?.icon} />
      </span>
      <div className="min-w-0 flex-1">
        <Input
          aria-label={t('nodeName')}
          placeholder={title}
          value={node.name}
          disabled={!editable}
          maxLength={120}
          className="-ml-2 border-transparent px-2 font-semibold hover:border-line-control"
          onChange={(event) => {
            const { graph, apply } = store.getState()
            apply(renameNode(graph, node.id, event.target.value), `name:${node.id}`)
          }}
        />
        <p className="text-xs text-ink-2">
          {node.name ? `${title} · ` : ''}
          {kind ? text(kind.help) : t('kindMissing')}
        </p>
      </div>
    </div>
  )
}

function PanelFoot({ id }: { id: string }) {
  const { t } = useTranslation('canvas')
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  if (!editable) return null
  return (
    <>
      <Button
        size="sm"
        look="ghost"
        icon={<Copy size={14} aria-hidden />}
        onClick={() => store.getState().duplicate([id])}
      >
        {t('duplicate')}
      </Button>
      <Button
        size="sm"
        look="ghost"
        className="ml-auto hover:text-err"
        icon={<Trash2 size={14} aria-hidden />}
        onClick={() => store.getState().askDelete([id])}
      >
        {t('deleteNode')}
      </Button>
    </>
  )
}

/** Fields seldom needed: folded, until the member or a problem among them opens them; only the member folds them again. */
function SeldomFields({ wrong, children }: { wrong: boolean; children: ReactNode }) {
  const { t } = useTranslation('canvas')
  const [open, setOpen] = useState(wrong)
  useEffect(() => {
    if (wrong) setOpen(true)
  }, [wrong])
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="min-h-6 cursor-pointer text-sm font-medium text-ink-2">{t('moreFields')}</summary>
      <div className="mt-3 flex flex-col gap-5">{children}</div>
    </details>
  )
}

function NodeForm({ node }: { node: GraphNode }) {
  const store = useEditorStore()
  const editable = useEditor((state) => state.editable)
  const allProblems = useEditor((state) => state.problems)
  const kind = kindOf(kinds, node.kind)
  const fresh = useEditor((state) => state.fresh.has(node.id))
  const needWords = useNeedWords()
  const formFields = useMemo(() => (kind ? fieldsOf(kind) : []), [kind])
  const problems = allProblems.filter((problem) => problem.nodeId === node.id)
  const set = (name: string, value: unknown) => {
    const { graph, apply } = store.getState()
    const now = nodeOf(graph, node.id)
    if (!now) return
    const { [name]: _, ...rest } = now.config
    const config = value === undefined ? rest : { ...now.config, [name]: value }
    apply(configureNode(graph, kinds, node.id, config), `config:${node.id}:${name}`)
  }
  const general = problems.filter(
    (problem) =>
      !problem.field?.startsWith('output.') && !formFields.some(({ name }) => belongsTo(problem, name)),
  )
  const seldom = formFields.filter(({ more }) => more)
  const row = (field: FormField) => (
    <NodeField
      key={field.name}
      field={field}
      node={node}
      fresh={fresh}
      problems={problems.filter((problem) => belongsTo(problem, field.name))}
      onChange={(value) => set(field.name, value)}
    />
  )
  return (
    <fieldset disabled={!editable} className="flex min-w-0 flex-col gap-5">
      {general.map((problem) =>
        fresh && problem.code === 'unreachable_node' ? (
          <QuietNote key={problem.code}>{`${capitalised(needWords({ field: null }))}.`}</QuietNote>
        ) : (
          <ProblemNote key={`${problem.code}${problem.field}`} problem={problem} />
        ),
      )}
      {formFields.filter(({ more }) => !more).map(row)}
      {seldom.length > 0 && (
        <SeldomFields wrong={seldom.some(({ name }) => problems.some((one) => belongsTo(one, name)))}>
          {seldom.map(row)}
        </SeldomFields>
      )}
    </fieldset>
  )
}
