import type { ExitRule, JourneySettings, Reentry } from '@tropa/journey'
import { Trash2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { freshLeaf } from '../../fields/condition-edit.ts'
import { ConditionEditor } from '../../fields/condition-editor.tsx'
import { replaceAt } from '../../fields/list-value.ts'
import { useOffers } from '../../fields/use-offers.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { NumberInput } from '../../ui/input.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { Select } from '../../ui/select.tsx'
import { useEditor, useEditorStore } from '../editor/editor-context.tsx'
import { focusField } from './focus-field.ts'
import { ProblemNote } from './problem-note.tsx'
import { SidePanel } from './side-panel.tsx'

/** The settings of the whole journey: who may enter again, and which events end it. */
export function JourneyPanel({ field }: { field: string | undefined }) {
  const { t } = useTranslation('canvas')
  const store = useEditorStore()
  const settings = useEditor((state) => state.graph.settings)
  const editable = useEditor((state) => state.editable)
  const container = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (field && container.current) focusField(container.current, field)
  }, [field])
  const set = (next: JourneySettings, tag: string) => {
    const { graph, apply } = store.getState()
    apply({ ...graph, settings: next }, `settings:${tag}`)
  }
  return (
    <SidePanel
      takesFocus={field === undefined}
      label={t('settings')}
      header={<h2 className="py-0.5 text-base font-semibold">{t('settings')}</h2>}
    >
      <div ref={container}>
        <fieldset disabled={!editable} className="flex min-w-0 flex-col gap-6">
          <ReentryField
            value={settings.reentry}
            onChange={(reentry) => set({ ...settings, reentry }, 'reentry')}
          />
          <ExitRules
            value={settings.exitRules}
            onChange={(exitRules) => set({ ...settings, exitRules }, 'exit')}
          />
        </fieldset>
      </div>
    </SidePanel>
  )
}

function ReentryField({ value, onChange }: { value: Reentry; onChange: (value: Reentry) => void }) {
  const { t } = useTranslation('canvas')
  const modes = ['never', 'after_exit', 'after_days', 'always'] as const
  return (
    <div data-field-name="settings.reentry" className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">{t('reentry')}</h3>
      <RadioCards
        label={t('reentry')}
        value={value.mode}
        onChange={(mode) => onChange(mode === 'after_days' ? { mode, days: 30 } : { mode })}
        choices={modes.map((mode) => ({
          value: mode,
          label: t(`reentry_${mode}`),
          hint: t(`reentryHint_${mode}`),
        }))}
      />
      {value.mode === 'after_days' && (
        <Field label={t('reentryDays')}>
          {(control) => (
            <NumberInput
              {...control}
              min={1}
              max={3650}
              value={value.days}
              onChange={(days) =>
                onChange({ mode: 'after_days', days: Math.min(3650, Math.max(1, Math.round(days ?? 1))) })
              }
            />
          )}
        </Field>
      )}
    </div>
  )
}

function ExitRules({ value, onChange }: { value: ExitRule[]; onChange: (value: ExitRule[]) => void }) {
  const { t } = useTranslation('canvas')
  const eventChoices = useOffers().events()
  return (
    <div data-field-name="settings.exitRules" className="flex flex-col gap-2">
      <h3 className="text-sm font-medium">{t('exitRules')}</h3>
      <p className="text-xs text-ink-3">{t('exitRulesHint')}</p>
      {value.map((rule, index) => (
        <ExitRuleRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no identity beyond its place
          key={index}
          index={index}
          rule={rule}
          onChange={(next) => onChange(replaceAt(value, index, next))}
          onDelete={() => onChange(value.filter((_, at) => at !== index))}
        />
      ))}
      {value.length < 5 && (
        <Combobox
          free
          key={value.length}
          label={t('addExitRule')}
          placeholder={t('addExitRule')}
          value=""
          onChange={(event) => event && onChange([...value, { event, reason: 'goal_reached' }])}
          choices={eventChoices}
        />
      )}
    </div>
  )
}

interface ExitRuleRowProps {
  index: number
  rule: ExitRule
  onChange: (rule: ExitRule) => void
  onDelete: () => void
}

function ExitRuleRow({ index, rule, onChange, onDelete }: ExitRuleRowProps) {
  const { t } = useTranslation('canvas')
  const eventChoices = useOffers().events()
  const problems = useEditor((state) => state.problems).filter(({ field }) =>
    field?.startsWith(`settings.exitRules.${index}`),
  )
  return (
    <div
      data-field-name={`settings.exitRules.${index}`}
      className="flex flex-col gap-2 rounded-lg border p-2.5"
    >
      <div className="flex items-center gap-1.5">
        <Combobox
          free
          className="min-w-0 flex-1"
          label={t('exitEvent')}
          placeholder={t('exitEvent')}
          value={rule.event}
          onChange={(event) => event && onChange({ ...rule, event })}
          choices={eventChoices}
        />
        <IconButton
          size="sm"
          label={t('deleteExitRule')}
          icon={<Trash2 size={14} aria-hidden />}
          onClick={onDelete}
        />
      </div>
      <Select
        label={t('exitReason')}
        value={rule.reason}
        onChange={(reason) => onChange({ ...rule, reason })}
        choices={[
          { value: 'goal_reached', label: t('exitReason_goal_reached') },
          { value: 'exit_rule', label: t('exitReason_exit_rule') },
        ]}
      />
      {rule.filter ? (
        <>
          <ConditionEditor
            condition={rule.filter}
            onChange={(filter) => onChange({ ...rule, filter })}
            scope="wait_filter"
            nodeId=""
            event={rule.event}
          />
          <Button
            size="sm"
            look="ghost"
            className="w-fit"
            onClick={() => {
              const { filter: _, ...rest } = rule
              onChange(rest)
            }}
          >
            {t('exitAnyEvent')}
          </Button>
        </>
      ) : (
        <Button
          size="sm"
          look="ghost"
          className="w-fit"
          onClick={() => onChange({ ...rule, filter: { all: [freshLeaf('wait_filter')] } })}
        >
          {t('exitOnlyIf')}
        </Button>
      )}
      {problems.map((problem) => (
        <ProblemNote key={`${problem.code}${problem.field}`} problem={problem} />
      ))}
    </div>
  )
}
