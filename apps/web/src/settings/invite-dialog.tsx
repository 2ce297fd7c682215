import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Role, useMember, useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import type { Invitation } from './invitations.tsx'
import { roles } from './roles.ts'

/** Makes an invitation and shows its link, which the member hands over. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings')
  const { t: tUi } = useTranslation('ui')
  const api = useWorkspaceApi()
  const me = useMember()
  const queries = useQueryClient()
  const form = useId()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('marketer')
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => api.post<Invitation>('/invitations', { email: email.trim(), role }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['list', '/invitations'] }),
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="sm"
      title={t('inviteTitle')}
      description={data ? undefined : t('inviteText')}
      footer={
        data ? (
          <Button look="primary" onClick={onClose}>
            {tUi('close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{tUi('cancel')}</Button>
            <Button type="submit" form={form} look="primary" busy={isPending}>
              {t('inviteSend')}
            </Button>
          </>
        )
      }
    >
      {data ? (
        <div role="status" className="flex flex-col gap-2 text-sm">
          <p>{t('inviteReady', { email: data.email })}</p>
          <p className="flex items-center gap-2 rounded-md border bg-sunken px-3 py-2">
            <code className="min-w-0 flex-1 font-mono text-xs break-all">{data.link}</code>
            <CopyButton value={data.link} />
          </p>
        </div>
      ) : (
        <form
          id={form}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            mutate()
          }}
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
        </form>
      )}
    </Dialog>
  )
}
