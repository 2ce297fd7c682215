import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { authClient } from './auth-client.ts'
import { Entrance } from './entrance.tsx'

/** Sign-in with e-mail and password; afterwards the page one wanted, or the journeys. */
export function SignInPage({ to }: { to: string }) {
  const { t } = useTranslation('session')
  const queries = useQueryClient()
  const router = useRouter()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const signIn = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const answer = await authClient.signIn.email({ email: email.trim(), password })
      if (answer.error) {
        const { status, message, statusText } = answer.error
        setError(status === 401 ? t('wrongSignIn') : t('failed', { reason: message ?? statusText }))
        return
      }
      queries.clear()
      await router.invalidate()
      router.history.push(to)
    } catch {
      setError(t('unreachable'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Entrance title={t('signInTitle')} error={error} onSubmit={signIn}>
      <Field label={t('email')}>
        {(control) => (
          <Input
            {...control}
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('password')}>
        {(control) => (
          <Input
            {...control}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" busy={busy}>
        {t('signIn')}
      </Button>
      <p className="text-xs text-ink-3">{t('signInHint')}</p>
    </Entrance>
  )
}
