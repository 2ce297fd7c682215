import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Routes, Row } from '../api.ts'
import { useFormat } from '../i18n/use-format.ts'
import { usePagedList } from '../lists/use-paged-list.ts'
import { type Role, useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { showToast } from '../ui/toast.tsx'

export type Invitation = Row<Routes['invitations']['$get']> & { role: Role }

/** Invitations that nobody has used yet. */
export function Invitations() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const list = usePagedList<Invitation>('/invitations')
  const withdraw = useMutation({
    mutationFn: (invitation: Invitation) => api.delete(`/invitations/${invitation.id}`),
    onSuccess: (_, { email }) => {
      showToast({ text: t('withdrawn', { email }) })
      void queries.invalidateQueries({ queryKey: ['list', '/invitations'] })
    },
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
  const open = list.items.filter(({ status }) => status === 'pending' || status === 'expired')
  if (open.length === 0) return null
  return (
    <section aria-label={t('invitations')} className="mt-8">
      <h2 className="mb-2 text-base font-semibold">{t('invitations')}</h2>
      <ul className="rounded-lg border bg-surface">
        {open.map((invitation) => (
          <li
            key={invitation.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-2 text-sm last:border-0"
          >
            <span className="min-w-0 flex-1 truncate font-medium">{invitation.email}</span>
            <span className="text-ink-2">{t(`role_${invitation.role}`)}</span>
            <span className="text-xs text-ink-3">
              {invitation.status === 'expired'
                ? t('expired')
                : t('expires', { date: format.dateTime(invitation.expiresAt) })}
            </span>
            <span className="flex items-center gap-1">
              <CopyButton value={invitation.link} />
              <Button
                size="sm"
                look="ghost"
                busy={withdraw.isPending}
                onClick={() => withdraw.mutate(invitation)}
              >
                {t('withdraw')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
