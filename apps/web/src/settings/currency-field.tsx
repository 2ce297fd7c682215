import { useTranslation } from 'react-i18next'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'

interface CurrencyFieldProps {
  value: string
  onChange: (currency: string) => void
  disabled?: boolean
}

/** Which money a workspace counts in, by the three letters of ISO 4217. */
export function CurrencyField({ value, onChange, disabled }: CurrencyFieldProps) {
  const { t } = useTranslation('settings')
  return (
    <Field label={t('currency')} hint={t('currencyHint')}>
      {(control) => (
        <Input
          {...control}
          required
          disabled={disabled}
          pattern="[A-Z]{3}"
          maxLength={3}
          className="!w-24"
          value={value}
          onChange={(event) => onChange(event.target.value.toUpperCase())}
        />
      )}
    </Field>
  )
}
