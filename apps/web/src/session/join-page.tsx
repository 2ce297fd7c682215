import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Client } from '@tropa/api/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, Failure } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'
import { Entrance } from './entrance.tsx'
import { minPassword, PasswordField } from './password-field.tsx'
import { SignInLink } from './sign-in-link.tsx'
import { useEntrance } from './submit.ts'
import type { Role } from './use-member.ts'

type Invitation = Answer<Client['api']['invitations'][':id']['$get']> & { role: Role }

/** Sign-up by invitation for a new person; somebody with an account signs in and accepts. */
export function JoinPage({ invitationId }: { invitationId: string }) {
  const { t } = useTranslation('session')
  const {
    data: invitation,
    error: unread,
    isPending,
    refetch,
  } = useQuery({
    queryKey: ['invitation', invitationId],
    queryFn: ({ signal }) =>
      api.get<Invitation>(`/api/invitations/${encodeURIComponent(invitationId)}`, signal),
    retry: false,
  })
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const { busy, error, run } = useEntrance('/journeys')
  if (isPending) return <Loading />
  if (unread && !(unread instanceof Failure && unread.status < 500))
    return <ErrorState error={unread} onRetry={() => void refetch()} />
  if (invitation?.status !== 'pending')
    return (
      <Entrance title={t('invitationGone')} text={t('invitationGoneText')}>
        <SignInLink />
      </Entrance>
    )
  const { email, workspaceName, role, hasAccount } = invitation
  const title = t('invitationTitle', { workspace: workspaceName })
  if (hasAccount) return <AcceptSignedIn title={title} email={email} invitationId={invitationId} />
  const join = () =>
    run(async () => {
      if (password.length < minPassword) throw new Error(t('passwordShort'))
      await api.post(`/api/invitations/${encodeURIComponent(invitationId)}/accept`, { name, password })
    })
  return (
    <Entrance
      title={title}
      text={t('invitationText', { role: t(`role_${role}`), email })}
      error={error}
      onSubmit={join}
    >
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
      <PasswordField value={password} onChange={setPassword} />
      <Button type="submit" look="primary" size="lg" busy={busy}>
        {t('invitationJoin')}
      </Button>
    </Entrance>
  )
}

function AcceptSignedIn({
  title,
  email,
  invitationId,
}: {
  title: string
  email: string
  invitationId: string
}) {
  const { t } = useTranslation('session')
  const { busy, error, run } = useEntrance('/journeys')
  const { data: signedIn } = useQuery({
    queryKey: ['me-for-invitation'],
    queryFn: () => api.get<Answer<Client['api']['me']['$get']>>('/api/me').catch(() => null),
    retry: false,
  })
  if (signedIn?.user.email.toLowerCase() !== email.toLowerCase()) {
    return (
      <Entrance title={title} text={t('invitationSignIn', { email })}>
        <Link
          to="/sign-in"
          search={{ to: `/join?invitation=${invitationId}` }}
          className="font-medium text-accent-text underline underline-offset-4"
        >
          {t('signIn')}
        </Link>
      </Entrance>
    )
  }
  const accept = () => run(() => api.post(`/api/invitations/${encodeURIComponent(invitationId)}/join`))
  return (
    <Entrance title={title} error={error} onSubmit={accept}>
      <Button type="submit" look="primary" size="lg" busy={busy}>
        {t('invitationJoin')}
      </Button>
    </Entrance>
  )
}
