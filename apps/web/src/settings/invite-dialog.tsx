import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Role, useMember, useWorkspaceApi } from '../session/use-member.ts'
import { CopyLine } from '../ui/copy-line.tsx'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import type { Invitation } from './invitations.tsx'
import { roles } from './roles.ts'

/** Makes an invitation and shows its link, which the member hands over. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings')
  const api = useWorkspaceApi()
  const me = useMember()
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('marketer')
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => api.post<Invitation>('/invitations', { email: email.trim(), role }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['list', '/invitations'] }),
  })
  return (
    <FormDialog
      width="sm"
      title={t('inviteTitle')}
      description={t('inviteText')}
      action={t('inviteSend')}
      busy={isPending}
      onSubmit={mutate}
      onClose={onClose}
      result={
        data && (
          <div role="status" className="flex flex-col gap-2 text-sm">
            <p>{t('inviteReady', { email: data.email })}</p>
            <CopyLine value={data.link} />
          </div>
        )
      }
    >
      <Field label={t('email')} error={error?.message}>
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('role')} hint={t(`roleHint_${role}`)}>
        {(control) => (
          <Select
            {...control}
            value={role}
            onChange={setRole}
            choices={roles
              .filter((one) => one !== 'owner' || me.role === 'owner')
              .map((one) => ({ value: one, label: t(`role_${one}`), hint: t(`roleHint_${one}`) }))}
          />
        )}
      </Field>
    </FormDialog>
  )
}
