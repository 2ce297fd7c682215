import { Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Input, NumberInput } from '../ui/input.tsx'
import { StatusIcon } from '../ui/status-chip.tsx'
import { freeOutputId, listOf, replaceAt } from './list-value.ts'
import { ScalarInput } from './scalar-input.tsx'
import type { Scalar } from './typed-scalar.ts'
import { useOffers } from './use-offers.ts'
import type { WidgetProps } from './widget.ts'

interface Share {
  id: string
  label: string
  share: number
}

/** Outputs with their share in percent; says how far the sum is from 100. */
export function SharesField({ value, onChange }: WidgetProps) {
  const { t } = useTranslation('fields')
  const format = useFormat()
  const shares = listOf<Share>(value)
  const total = shares.reduce((sum, { share }) => sum + (share || 0), 0)
  const even = () => {
    const each = Math.floor(100 / shares.length)
    onChange(
      shares.map((one, index) => ({ ...one, share: index === 0 ? 100 - each * (shares.length - 1) : each })),
    )
  }
  const add = () => {
    const id = freeOutputId(shares.map((one) => one.id))
    onChange([
      ...shares,
      { id, label: String.fromCharCode(65 + shares.length), share: Math.max(0, 100 - total) },
    ])
  }
  return (
    <div className="flex flex-col gap-2">
      {shares.map((one, index) => (
        <div key={one.id} className="flex items-center gap-2" data-field-name={`shares.${index}`}>
          <Input
            aria-label={t('shareName', { number: index + 1 })}
            value={one.label}
            onChange={(event) => onChange(replaceAt(shares, index, { ...one, label: event.target.value }))}
          />
          <NumberInput
            bare
            className="w-24 shrink-0"
            aria-label={t('sharePercent', { number: index + 1 })}
            unit="%"
            min={0}
            max={100}
            value={one.share}
            onChange={(share) => onChange(replaceAt(shares, index, { ...one, share: share ?? 0 }))}
          />
          <IconButton
            size="sm"
            label={t('deleteOutput')}
            disabled={shares.length <= 2}
            icon={<Trash2 size={14} aria-hidden />}
            onClick={() => onChange(shares.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <p
        className={
          total === 100
            ? 'flex items-center gap-1.5 text-xs text-ok'
            : 'flex items-center gap-1.5 text-xs text-err'
        }
      >
        <StatusIcon status={total === 100 ? 'ok' : 'err'} />
        {t('shareTotal', { total: format.number(total) })}
      </p>
      <div className="flex gap-2">
        <Button size="sm" icon={<Plus size={14} aria-hidden />} disabled={shares.length >= 10} onClick={add}>
          {t('addOutput')}
        </Button>
        <Button size="sm" look="ghost" onClick={even}>
          {t('evenShares')}
        </Button>
      </div>
    </div>
  )
}

interface Change {
  attribute: string
  value: Scalar | null
}

/** Attributes to set, each with a typed value, or to clear. */
export function ChangesField({ value, onChange }: WidgetProps) {
  const { t } = useTranslation('fields')
  const attributes = useOffers().attributes()
  const changes = listOf<Change>(value)
  return (
    <div className="flex flex-col gap-3">
      {changes.map((one, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a change has no identity beyond its place
          key={index}
          className="flex flex-col gap-1.5 rounded-lg border p-2.5"
          data-field-name={`changes.${index}`}
        >
          <div className="flex items-center gap-2">
            <Combobox
              free
              className="min-w-0 flex-1"
              label={t('attribute')}
              placeholder={t('chooseAttribute')}
              value={one.attribute}
              onChange={(attribute) => onChange(replaceAt(changes, index, { ...one, attribute }))}
              choices={attributes}
            />
            <IconButton
              size="sm"
              label={t('deleteRow')}
              icon={<Trash2 size={14} aria-hidden />}
              onClick={() => onChange(changes.filter((_, at) => at !== index))}
            />
          </div>
          <ScalarInput
            clearable
            label={t('value')}
            value={one.value}
            onChange={(next) => onChange(replaceAt(changes, index, { ...one, value: next ?? '' }))}
            onClear={() => onChange(replaceAt(changes, index, { ...one, value: null }))}
          />
        </div>
      ))}
      <Button
        size="sm"
        className="w-fit"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => onChange([...changes, { attribute: '', value: '' }])}
      >
        {t('addAttribute')}
      </Button>
    </div>
  )
}
