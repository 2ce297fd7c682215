import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Unreachable } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { authClient } from './auth-client.ts'
import { Entrance } from './entrance.tsx'
import { setupQuery } from './setup-query.ts'
import { useEntrance } from './submit.ts'

/** Sign-in with e-mail and password; afterwards the page one wanted, or the journeys. */
export function SignInPage({ to }: { to: string }) {
  const { t } = useTranslation('session')
  const navigate = useNavigate()
  const { data: setup } = useQuery(setupQuery)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { busy, error, run } = useEntrance(to)
  useEffect(() => {
    if (setup?.needsOwner && !setup.demo) void navigate({ to: '/setup', search: {}, replace: true })
  }, [setup, navigate])
  const signIn = (as: { email: string; password: string }) =>
    run(async () => {
      const answer = await authClient.signIn.email(as).catch((cause) => {
        throw new Unreachable(cause)
      })
      if (!answer.error) return
      if (answer.error.status >= 500) throw new Unreachable(answer.error)
      const wrong = answer.error.status === 401 || answer.error.status === 400
      throw new Error(
        wrong ? t('wrongSignIn') : t('failed', { reason: answer.error.message ?? answer.error.statusText }),
      )
    })
  const demo = setup?.demo
  return (
    <Entrance
      title={t('signInTitle')}
      error={error}
      onSubmit={() => signIn({ email: email.trim(), password })}
    >
      <Field label={t('email')}>
        {(control) => (
          <Input
            {...control}
            type="email"
            name="email"
            autoComplete="username"
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
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" busy={busy}>
        {t('signIn')}
      </Button>
      {demo && (
        <Button size="lg" disabled={busy} onClick={() => signIn(demo)}>
          {t('demoSignIn')}
        </Button>
      )}
      <p className="text-xs text-ink-3">{demo ? t('demoHint') : t('signInHint')}</p>
      {demo && setup.needsOwner && <p className="text-xs text-ink-3">{t('ownerHint')}</p>}
    </Entrance>
  )
}
