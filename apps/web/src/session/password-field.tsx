import { useTranslation } from 'react-i18next'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'

/** The shortest password the server takes. */
export const minPassword = 10

/** A new password with its rule below. */
export function PasswordField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('session')
  return (
    <Field label={t('password')} hint={t('passwordHint')}>
      {(control) => (
        <Input
          {...control}
          type="password"
          autoComplete="new-password"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
