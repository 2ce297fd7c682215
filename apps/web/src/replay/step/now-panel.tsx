import { useMutation, useQueryClient } from '@tanstack/react-query'
import { SkipForward, UserMinus, Zap } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNodeName } from '../../canvas/node-card.tsx'
import { useText } from '../../i18n/use-language.ts'
import { useMember, useWorkspaceApi } from '../../session/use-member.ts'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { Enrollment, PendingView } from '../enrollment.ts'
import { useNameText } from '../passage-status.tsx'
import { AskReason } from './ask-reason.tsx'
import { asSentence } from './sentence.ts'
import { Countdown, OnItsWay } from './wait-clock.tsx'

function Actions({ enrollment, place }: { enrollment: Enrollment; place: string }) {
  const { t } = useTranslation('replay')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const nameText = useNameText()
  const { role } = useMember()
  const [asking, setAsking] = useState<'skip-wait' | 'remove' | null>(null)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (reason: string) => api.post(`/enrollments/${enrollment.id}/${asking}`, { reason }),
    onSuccess: () => {
      showToast({ text: t(asking === 'remove' ? 'removeAsked' : 'skipAsked') })
      setAsking(null)
      void queries.invalidateQueries({ queryKey: ['enrollment', enrollment.id] })
    },
  })
  if (role === 'analyst' || role === 'marketer') return null
  const waits = enrollment.pending?.waitingFor === 'timer' || enrollment.pending?.waitingFor === 'event'
  const names = { customer: nameText(enrollment.customerName), journey: enrollment.journeyName, node: place }
  return (
    <div className="flex flex-wrap gap-2 border-t pt-4">
      {waits && (
        <Button icon={<SkipForward size={14} aria-hidden />} onClick={() => setAsking('skip-wait')}>
          {t('skipWait')}
        </Button>
      )}
      <Button look="danger" icon={<UserMinus size={14} aria-hidden />} onClick={() => setAsking('remove')}>
        {t('remove')}
      </Button>
      {asking && (
        <AskReason
          title={asking === 'remove' ? t('removeTitle', names) : t('skipWaitTitle', names)}
          description={t(asking === 'remove' ? 'removeText' : 'skipWaitText')}
          action={t(asking === 'remove' ? 'remove' : 'skipWait')}
          danger={asking === 'remove'}
          busy={isPending}
          error={error?.message}
          onClose={() => setAsking(null)}
          onAnswer={mutate}
        />
      )}
    </div>
  )
}

/** Where the customer stands now: the countdown, everything that can wake them, and what a member may do. */
export function NowPanel({ enrollment, pending }: { enrollment: Enrollment; pending: PendingView }) {
  const { t } = useTranslation('replay')
  const text = useText()
  const nodeName = useNodeName()
  const node = enrollment.graph.nodes.find(({ id }) => id === pending.node)
  const place = node ? nodeName(node) : pending.node
  return (
    <div className="flex flex-col gap-4">
      <h2 className="text-base font-semibold">{t('waitsAt', { node: place })}</h2>
      {pending.waitingFor === 'message' ? (
        <OnItsWay message={pending.message} />
      ) : (
        <Countdown pending={pending} clock={enrollment.clock} />
      )}
      {pending.wakes.length > 0 && (
        <section aria-label={t('wakes')}>
          <h3 className="mb-1.5 text-xs font-medium text-ink-2">{t('wakes')}</h3>
          <ul className="flex flex-col gap-1.5">
            {pending.wakes.map((wake) => (
              <li key={wake.en} className="flex items-start gap-2 text-sm">
                <Zap size={14} className="mt-1 shrink-0 text-wait" aria-hidden />
                <span>{asSentence(text(wake))}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Actions enrollment={enrollment} place={place} />
    </div>
  )
}
