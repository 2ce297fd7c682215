import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Entrance } from './entrance.tsx'
import { minPassword, PasswordField } from './password-field.tsx'
import { setupQuery } from './setup-query.ts'
import { SignInLink } from './sign-in-link.tsx'
import { useEntrance } from './submit.ts'

/** The first owner's sign-up, by the one-time token that was printed when the server started. */
export function SetupPage({ token }: { token: string | undefined }) {
  const { t } = useTranslation('session')
  const { data: setup } = useQuery(setupQuery)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [workspaceName, setWorkspaceName] = useState('')
  const { busy, error, run } = useEntrance('/journeys')
  if (setup && !setup.needsOwner) {
    return (
      <Entrance title={t('ownerTitle')} text={t('ownerDone')}>
        <SignInLink />
      </Entrance>
    )
  }
  if (!token) return <Entrance title={t('ownerTitle')} text={t('ownerNoToken')} />
  const create = () =>
    run(async () => {
      if (password.length < minPassword) throw new Error(t('passwordShort'))
      await api.post('/api/setup', { token, name, email: email.trim(), password, workspaceName })
    })
  return (
    <Entrance title={t('ownerTitle')} text={t('ownerText')} error={error} onSubmit={create}>
      <Field label={t('workspaceName')}>
        {(control) => (
          <Input
            {...control}
            value={workspaceName}
            onChange={(event) => setWorkspaceName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('name')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('email')}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <PasswordField value={password} onChange={setPassword} />
      <Button type="submit" look="primary" size="lg" busy={busy}>
        {t('ownerCreate')}
      </Button>
    </Entrance>
  )
}
