import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { type FileColumn, headerOf, timeFormats } from './import-job.ts'
import { type Choices, type ColumnChoice, columnRoles, faultsOf, withRole } from './roles.ts'
import { ZoneSelect } from './zone-select.tsx'

interface ColumnsStepProps {
  columns: readonly FileColumn[]
  choices: Choices
  onChange: (choices: Choices) => void
}

function ColumnRow({
  column,
  index,
  choices,
  onChange,
}: ColumnsStepProps & { column: FileColumn; index: number; columns: readonly FileColumn[] }) {
  const { t } = useTranslation('imports')
  const choice = choices.columns[index]
  if (!choice) return null
  const title = headerOf(column) ?? t('columnN', { n: column.index + 1 })
  const set = (change: Partial<ColumnChoice>) =>
    onChange({
      ...choices,
      columns: choices.columns.map((one, at) => (at === index ? { ...one, ...change } : one)),
    })
  const named = choice.role === 'property' || choice.role === 'attribute'
  return (
    <li className="grid items-center gap-x-4 gap-y-2 border-b px-3 py-2.5 last:border-0 md:grid-cols-[minmax(0,1fr)_14rem_11rem_8rem]">
      <div className="min-w-0">
        <p className="truncate text-sm font-medium">{title}</p>
        <p className="tabular truncate font-mono text-xs text-ink-3">
          {column.samples.slice(0, 4).join(', ')}
        </p>
      </div>
      <Select
        label={`${title}: ${t('role')}`}
        value={choice.role}
        onChange={(role) => onChange(withRole(choices, index, role))}
        choices={columnRoles.map((value) => ({ value, label: t(`role_${value}`) }))}
      />
      {named ? (
        <Input
          aria-label={`${title}: ${t('name')}`}
          value={choice.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      ) : (
        <span className="max-md:hidden" />
      )}
      {named && (
        <Select
          label={`${title}: ${t('type')}`}
          value={choice.type}
          onChange={(type) => set({ type })}
          choices={(['number', 'text', 'boolean', 'date'] as const).map((value) => ({
            value,
            label: t(`type_${value}`),
          }))}
        />
      )}
    </li>
  )
}

/** What each column means, and the few things no column says. */
export function ColumnsStep({ columns, choices, onChange }: ColumnsStepProps) {
  const { t } = useTranslation('imports')
  const set = (change: Partial<Choices>) => onChange({ ...choices, ...change })
  const eventColumn = choices.columns.some(({ role }) => role === 'event')
  const timeLabel = (value: (typeof timeFormats)[number]) =>
    value === 'auto' || value === 'unix' || value === 'unix_ms' ? t(`timeFormat_${value}`) : value
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-[68ch] text-sm text-ink-2">{t('columnsText')}</p>
      <ul className="rounded-lg border bg-surface">
        {columns.map((column, index) => (
          <ColumnRow
            key={column.index}
            columns={columns}
            column={column}
            index={index}
            choices={choices}
            onChange={onChange}
          />
        ))}
      </ul>
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-4">
        {!eventColumn && (
          <Field label={t('eventName')} hint={t('eventNameHint')}>
            {(control) => (
              <Input
                {...control}
                value={choices.eventName}
                onChange={(event) => set({ eventName: event.target.value })}
              />
            )}
          </Field>
        )}
        <Field label={t('identifier')}>
          {(control) => (
            <Select
              {...control}
              value={choices.identifier}
              onChange={(identifier) => set({ identifier })}
              choices={(['external_id', 'email', 'phone'] as const).map((value) => ({
                value,
                label: t(`identifier_${value}`),
              }))}
            />
          )}
        </Field>
        <Field label={t('timeFormat')}>
          {(control) => (
            <Select
              {...control}
              value={choices.timeFormat}
              onChange={(timeFormat) => set({ timeFormat })}
              choices={timeFormats.map((value) => ({ value, label: timeLabel(value) }))}
            />
          )}
        </Field>
        <Field label={t('zone')}>
          {(control) => <ZoneSelect {...control} value={choices.zone} onChange={(zone) => set({ zone })} />}
        </Field>
      </div>
      {faultsOf(choices).map((fault) => (
        <p key={fault} role="alert" className="flex items-center gap-2 text-sm text-err">
          <CircleAlert size={15} className="shrink-0" aria-hidden />
          {t(`fault_${fault}`)}
        </p>
      ))}
    </div>
  )
}
