import { useMutation, useQueryClient } from '@tanstack/react-query'
import { SkipForward, UserMinus, Zap } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNodeName } from '../../canvas/node-card.tsx'
import { useText } from '../../i18n/use-language.ts'
import { useMember, useWorkspaceApi } from '../../session/use-member.ts'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type Enrollment, type PendingView, pendingSeq } from '../enrollment.ts'
import { useNameText } from '../passage-status.tsx'
import { AskReason } from './ask-reason.tsx'
import { asSentence } from './sentence.ts'
import { Countdown, OnItsWay } from './wait-clock.tsx'

interface Asked {
  act: 'skip-wait' | 'remove'
  step: number
  /** What the block is called at which the customer stood. */
  place: string
}

function Actions({ enrollment, place }: { enrollment: Enrollment; place: string }) {
  const { t } = useTranslation('replay')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const nameText = useNameText()
  const { role } = useMember()
  // What was asked for when the dialog opened: meanwhile the customer may go on to another wait.
  const [asking, setAsking] = useState<Asked | null>(null)
  const { mutate, reset, isPending, error } = useMutation({
    mutationFn: ({ act, step, reason }: Pick<Asked, 'act' | 'step'> & { reason: string }) =>
      api.post(`/enrollments/${enrollment.id}/${act}`, { reason, ...(act === 'skip-wait' ? { step } : {}) }),
    onSuccess: (_, { act }) => {
      showToast({ text: t(act === 'remove' ? 'removeAsked' : 'skipAsked') })
      setAsking(null)
      void queries.invalidateQueries({ queryKey: ['enrollment', enrollment.id] })
    },
  })
  if (role === 'analyst' || role === 'marketer') return null
  const waits = enrollment.pending?.waitingFor === 'timer' || enrollment.pending?.waitingFor === 'event'
  const names = { customer: nameText(enrollment.customerName), journey: enrollment.journeyName }
  const ask = (act: Asked['act']) => {
    reset()
    setAsking({ act, step: pendingSeq(enrollment.steps), place })
  }
  return (
    <div className="flex flex-wrap gap-2 border-t pt-4">
      {waits && (
        <Button icon={<SkipForward size={14} aria-hidden />} onClick={() => ask('skip-wait')}>
          {t('skipWait')}
        </Button>
      )}
      <Button look="danger" icon={<UserMinus size={14} aria-hidden />} onClick={() => ask('remove')}>
        {t('remove')}
      </Button>
      {asking && (
        <AskReason
          title={t(asking.act === 'remove' ? 'removeTitle' : 'skipWaitTitle', {
            ...names,
            node: asking.place,
          })}
          description={t(asking.act === 'remove' ? 'removeText' : 'skipWaitText')}
          action={t(asking.act === 'remove' ? 'remove' : 'skipWait')}
          danger={asking.act === 'remove'}
          busy={isPending}
          error={error?.message}
          onClose={() => setAsking(null)}
          onAnswer={(reason) => mutate({ ...asking, reason })}
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
