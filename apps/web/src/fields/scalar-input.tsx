import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { asNumber, type Scalar, shownScalar, typedScalar } from './typed-scalar.ts'

type ScalarType = 'text' | 'number' | 'boolean' | 'clear'

function typeOf(value: unknown): ScalarType {
  if (value === null) return 'clear'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'text'
}

interface ScalarInputProps {
  value: unknown
  onChange: (value: Scalar | undefined) => void
  label: string
  /** Offers "clear" as a fourth type; then `onClear` is called instead of `onChange`. */
  clearable?: boolean
  onClear?: () => void
}

/**
 * A value with its type: text, number, yes/no. A number typed into an empty field becomes a number;
 * afterwards the type stays as chosen, so that "007" can be kept as text.
 */
export function ScalarInput({ value, onChange, label, clearable, onClear }: ScalarInputProps) {
  const { t } = useTranslation('fields')
  const type = typeOf(value)
  const [typed, setTyped] = useState('')
  const shown = shownScalar(typed, value)
  const types: { value: ScalarType; label: string }[] = [
    { value: 'text', label: t('type_text') },
    { value: 'number', label: t('type_number') },
    { value: 'boolean', label: t('type_boolean') },
    ...(clearable ? [{ value: 'clear' as const, label: t('type_clear') }] : []),
  ]
  const changeType = (next: ScalarType) => {
    if (next === 'clear') return onClear?.()
    if (next === 'boolean') return onChange(true)
    if (next === 'number') return onChange(asNumber(shown) ?? 0)
    onChange(shown)
  }
  return (
    <div className="flex gap-2">
      <Select
        className="w-28 shrink-0"
        label={t('valueType')}
        value={type}
        onChange={changeType}
        choices={types}
      />
      {type === 'boolean' && (
        <Select
          className="min-w-0 flex-1"
          label={label}
          value={value === true ? 'yes' : 'no'}
          onChange={(next) => onChange(next === 'yes')}
          choices={[
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
        />
      )}
      {(type === 'text' || type === 'number') && (
        <Input
          className="min-w-0 flex-1"
          aria-label={label}
          inputMode={type === 'number' ? 'decimal' : 'text'}
          value={shown}
          onChange={(event) => {
            setTyped(event.target.value)
            onChange(typedScalar(event.target.value, value))
          }}
        />
      )}
    </div>
  )
}
