import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceApi } from '../../session/use-member.ts'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import { AskReason } from './ask-reason.tsx'

type Release = 'resend' | 'give_up'

/** A message whose answer was lost and whose node asks a member: send again or give up. */
export function HeldMessage({ messageId }: { messageId: string }) {
  const { t } = useTranslation('replay')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Release | null>(null)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (reason: string) => api.post(`/messages/${messageId}/release`, { decision: asking, reason }),
    onSuccess: () => {
      showToast({ text: t('released') })
      setAsking(null)
      void queries.invalidateQueries({ queryKey: ['enrollment'] })
    },
  })
  return (
    <div className="rounded-lg border border-warn/40 bg-warn-soft px-3 py-2.5 text-sm">
      <p className="flex items-start gap-2">
        <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warn" aria-hidden />
        {t('heldText')}
      </p>
      <div className="mt-2 flex gap-2">
        <Button size="sm" onClick={() => setAsking('resend')}>
          {t('resend')}
        </Button>
        <Button size="sm" onClick={() => setAsking('give_up')}>
          {t('giveUp')}
        </Button>
      </div>
      {asking && (
        <AskReason
          title={t(asking === 'resend' ? 'resend' : 'giveUp')}
          description={t(asking === 'resend' ? 'resendText' : 'giveUpText')}
          action={t(asking === 'resend' ? 'resend' : 'giveUp')}
          busy={isPending}
          error={error?.message}
          onClose={() => setAsking(null)}
          onAnswer={mutate}
        />
      )}
    </div>
  )
}
