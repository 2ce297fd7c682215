import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { Button, buttonLook } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'
import { Entrance } from './entrance.tsx'
import { minPassword, PasswordField } from './password-field.tsx'
import { setupLinkQuery, setupQuery } from './setup-query.ts'
import { SignInLink } from './sign-in-link.tsx'
import { useEntrance } from './submit.ts'
import { sessionQuery } from './use-member.ts'

/** Where somebody goes on who needs no set-up: in, or to the way in. */
function SetUpAlready() {
  const { t } = useTranslation('session')
  const { data: session } = useQuery(sessionQuery)
  const isIn = session !== undefined && session.as !== 'nobody'
  return (
    <Entrance title={t('ownerDoneTitle')} text={t(isIn ? 'ownerSignedIn' : 'ownerDone')}>
      {isIn ? (
        <Link to="/journeys" className={buttonLook('primary', 'lg')}>
          {t('ownerOpen')}
        </Link>
      ) : (
        <SignInLink />
      )}
    </Entrance>
  )
}

/** What to do with a link that creates no owner; nobody can sign in yet where there is no demo. */
function NoLink({ token, canSignIn }: { token: string | undefined; canSignIn: boolean }) {
  const { t } = useTranslation('session')
  return (
    <Entrance
      title={t(token ? 'ownerWrongTitle' : 'ownerTitle')}
      text={t(token ? 'ownerWrong' : 'ownerNoToken')}
    >
      {canSignIn && (
        <p className="text-sm text-ink-2">
          {t('ownerHasAccount')} <SignInLink />
        </p>
      )}
    </Entrance>
  )
}

/** The door of the one-time link that was printed when the server started: opens for the first owner only. */
export function SetupPage({ token }: { token: string | undefined }) {
  const { data: setup, error, refetch } = useQuery(token ? setupLinkQuery(token) : setupQuery)
  if (!setup) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  if (!setup.needsOwner) return <SetUpAlready />
  if (token && setup.linkWorks) return <OwnerForm token={token} />
  return <NoLink token={token} canSignIn={setup.demo !== null} />
}

/** The first owner's sign-up. */
function OwnerForm({ token }: { token: string }) {
  const { t } = useTranslation('session')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [workspaceName, setWorkspaceName] = useState('')
  const { busy, error, run } = useEntrance('/journeys')
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
