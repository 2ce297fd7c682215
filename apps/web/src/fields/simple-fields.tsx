import { type DurationUnit, durationUnits } from '@tropa/journey'
import { useTranslation } from 'react-i18next'
import { useEditor } from '../canvas/editor/editor-context.tsx'
import { useText } from '../i18n/use-language.ts'
import { useConnectionName } from '../settings/mailbox-name.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Input, NumberInput } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { useOffers } from './use-offers.ts'
import type { WidgetProps } from './widget.ts'

/** One line of text. */
export function TextField({ value, onChange, control }: WidgetProps) {
  return (
    <Input
      {...control}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** A number or nothing. */
export function NumberField({ value, onChange, control }: WidgetProps) {
  return <NumberInput {...control} value={typeof value === 'number' ? value : null} onChange={onChange} />
}

/** One of a few named values. */
export function ChoiceField({ field, value, onChange, control }: WidgetProps) {
  const text = useText()
  const choices = (field.options ?? []).map((option) => ({ value: option.value, label: text(option.label) }))
  return (
    <Select
      {...control}
      value={typeof value === 'string' ? value : null}
      onChange={onChange}
      choices={choices}
    />
  )
}

const durationPattern = /^(\d*)([smhdw])$/

/** An amount and a unit, edited apart and kept as one text such as `30d`. */
export function DurationInput({
  value,
  onChange,
  control,
  label,
}: {
  value: unknown
  onChange: (value: string) => void
  control?: Partial<WidgetProps['control']>
  label?: string
}) {
  const { t } = useTranslation('fields')
  const match = durationPattern.exec(typeof value === 'string' ? value : '')
  const amount = match?.[1] ? Number(match[1]) : null
  const unit = (match?.[2] ?? 'd') as DurationUnit
  const choices = durationUnits.map((one) => ({
    value: one,
    label: t(`unit_${one}`, { count: amount ?? 0 }),
  }))
  return (
    <div className="flex gap-2">
      <NumberInput
        {...control}
        aria-label={label}
        className="w-28 shrink-0"
        min={1}
        max={99_999}
        value={amount}
        onChange={(next) => onChange(`${next === null ? '' : Math.round(Math.abs(next))}${unit}`)}
      />
      <Select
        className="min-w-0 flex-1"
        label={t('unit')}
        value={unit}
        onChange={(next) => onChange(`${amount ?? ''}${next}`)}
        choices={choices}
      />
    </div>
  )
}

/** A length of time. */
export function DurationField({ value, onChange, control }: WidgetProps) {
  return <DurationInput value={value} onChange={onChange} control={control} />
}

interface EventInputProps {
  value: string
  onChange: (value: string) => void
  control: Partial<WidgetProps['control']>
}

/** The name of an event: one that has come in or is named somewhere, or any other. */
export function EventInput({ value, onChange, control }: EventInputProps) {
  const { t } = useTranslation('fields')
  const choices = useOffers().events()
  return (
    <Combobox
      {...control}
      free
      placeholder={t(choices.length > 0 ? 'chooseEvent' : 'exampleEvent')}
      value={value}
      onChange={onChange}
      choices={choices}
    />
  )
}

/** The event a node is about. */
export function EventField({ value, onChange, control }: WidgetProps) {
  return <EventInput control={control} value={typeof value === 'string' ? value : ''} onChange={onChange} />
}

/** The name of a property of the event another field names; empty for none. */
export function PropertyField({ field, value, onChange, control, node }: WidgetProps) {
  const { t } = useTranslation('fields')
  const offers = useOffers()
  const event = node.config[field.eventField ?? '']
  return (
    <Combobox
      {...control}
      free
      placeholder={t('noProperty')}
      value={typeof value === 'string' ? value : ''}
      onChange={onChange}
      choices={[
        { value: '', label: t('noProperty') },
        ...offers.properties(typeof event === 'string' && event !== '' ? [event] : []),
      ]}
    />
  )
}

/** A template of the workspace, with the way to write a new one. */
export function TemplateField({ value, onChange, control }: WidgetProps) {
  const { t } = useTranslation('fields')
  const templates = useEditor((state) => state.catalogue.templates)
  return (
    <div className="flex flex-col gap-1.5">
      <Combobox
        {...control}
        placeholder={t('chooseTemplate')}
        value={typeof value === 'string' ? value : ''}
        onChange={onChange}
        choices={templates.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <a
        href="/templates"
        target="_blank"
        rel="noreferrer"
        className="w-fit text-xs text-accent-text underline underline-offset-2"
      >
        {templates.length === 0 ? t('firstTemplate') : t('openTemplates')}
      </a>
    </div>
  )
}

const defaultConnection = 'default'

/** A connection of the workspace, or its default one. */
export function ConnectionField({ value, onChange, control }: WidgetProps) {
  const { t } = useTranslation('fields')
  const connectionName = useConnectionName()
  const connections = useEditor((state) => state.catalogue.connections)
  return (
    <Select
      {...control}
      value={typeof value === 'string' ? value : defaultConnection}
      onChange={(next) => onChange(next === defaultConnection ? null : next)}
      choices={[
        { value: defaultConnection, label: t('defaultConnection') },
        ...connections.map((one) => ({
          value: one.id,
          label: 'name' in one ? connectionName(String(one.name)) : `${one.channel} · ${one.id}`,
        })),
      ]}
    />
  )
}
