import { type Condition, type ConditionScope, conditionSentence, isLeaf, membersOf } from '@tropa/journey'
import { FolderPlus, Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import { asGroup, freshLeaf, groupMode, withMembers, withMode } from './condition-edit.ts'
import { LeafEditor } from './leaf-editor.tsx'
import { replaceAt } from './list-value.ts'

interface ConditionEditorProps {
  condition: Condition
  onChange: (condition: Condition) => void
  scope: ConditionScope
  /** The node the condition stands in: what comes before it can be read. */
  nodeId: string
  /** The event in hand, for property names. */
  event: string | undefined
}

/** Words with a full stop, unless they end in the dots of something not filled in yet. */
function asSentence(words: string): string {
  return words.endsWith('…') ? words : `${words}.`
}

/** A condition as its sentence and, below, the comparisons that make it; groups nest two deep. */
export function ConditionEditor(props: ConditionEditorProps) {
  const { condition, onChange } = props
  const { t } = useTranslation('fields')
  const text = useText()
  const group = asGroup(condition)
  const empty = membersOf(group).length === 0
  return (
    <div className="flex flex-col gap-2.5">
      <p className="rounded-md bg-sunken px-2.5 py-1.5 text-sm text-ink" data-sentence>
        {empty ? (
          <span className="text-ink-3">{t('conditionEmpty')}</span>
        ) : (
          asSentence(text(conditionSentence(group)))
        )}
      </p>
      <GroupEditor {...props} condition={group} onChange={onChange} depth={1} />
    </div>
  )
}

function GroupEditor({ condition, onChange, depth, ...rest }: ConditionEditorProps & { depth: number }) {
  const { t } = useTranslation('fields')
  const members = membersOf(condition)
  const change = (next: Condition[]) => onChange(withMembers(condition, next))
  return (
    <div className="flex flex-col gap-2">
      {members.length > 1 && (
        <Select
          className="w-fit"
          label={t('groupMode')}
          value={groupMode(condition)}
          onChange={(mode) => onChange(withMode(condition, mode))}
          choices={[
            { value: 'all', label: t('groupAll') },
            { value: 'any', label: t('groupAny') },
          ]}
        />
      )}
      {members.map((member, index) => (
        <Member
          // biome-ignore lint/suspicious/noArrayIndexKey: a comparison has no identity beyond its place
          key={index}
          {...rest}
          depth={depth}
          condition={member}
          onChange={(next) => change(replaceAt(members, index, next))}
          onDelete={() => change(members.filter((_, at) => at !== index))}
        />
      ))}
      <div className="flex flex-wrap gap-1.5">
        <Button
          size="sm"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => change([...members, freshLeaf(rest.scope)])}
        >
          {t('addComparison')}
        </Button>
        {depth < 2 && members.length > 0 && (
          <Button
            size="sm"
            look="ghost"
            icon={<FolderPlus size={14} aria-hidden />}
            onClick={() => change([...members, { any: [freshLeaf(rest.scope)] }])}
          >
            {t('addGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Member({
  onDelete,
  depth,
  ...props
}: ConditionEditorProps & { depth: number; onDelete: () => void }) {
  const { t } = useTranslation('fields')
  const text = useText()
  const { condition } = props
  const remove = (
    <IconButton
      size="sm"
      label={t('deleteComparison')}
      icon={<Trash2 size={14} aria-hidden />}
      onClick={onDelete}
    />
  )
  if (isLeaf(condition)) return <LeafEditor {...props} leaf={condition} trailing={remove} />
  // A negated or deeper group was made elsewhere: it is shown as words and can be taken out, not taken apart.
  if ('not' in condition || depth >= 2) {
    return (
      <div className="flex items-start justify-between gap-2 rounded-lg border p-2.5 text-sm">
        {text(conditionSentence(condition))}
        {remove}
      </div>
    )
  }
  return (
    <fieldset className="rounded-lg border border-line-control/60 p-2.5">
      <legend className="flex items-center gap-1 px-1 text-xs text-ink-2">
        {t('group')}
        {remove}
      </legend>
      <GroupEditor {...props} depth={depth + 1} />
    </fieldset>
  )
}
