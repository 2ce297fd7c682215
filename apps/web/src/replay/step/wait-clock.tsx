import { FastForward, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useLanguage, useText } from '../../i18n/use-language.ts'
import { spanInWords } from '../../lists/span.ts'
import type { FastClock, MessageView, PendingView } from '../enrollment.ts'
import { useJourneyNow, waitState } from '../wait-state.ts'
import { HeldMessage } from './held-message.tsx'

const large = 'tabular block text-2xl font-semibold text-balance'

function Note({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="mt-2 flex items-start gap-2 rounded-lg bg-sunken px-3 py-2 text-sm text-ink-2">
      {icon}
      <span>{children}</span>
    </p>
  )
}

/** How long the wait lasts by the enrollment's own clock, or why it has not ended though its time has come. */
export function Countdown({ pending, clock }: { pending: PendingView; clock: FastClock | null }) {
  const { t } = useTranslation('replay')
  const language = useLanguage()
  const format = useFormat()
  const { now, shown } = useJourneyNow(clock)
  const state = waitState(pending, clock, now, shown)
  if (!state || pending.dueAt === null) return <p className="text-sm text-ink-2">{t('noDue')}</p>
  const words = {
    counting: () => (state.is === 'counting' ? t('dueIn', { span: spanInWords(state.left, language) }) : ''),
    moving: () => t('dueMoving'),
    late: () => (state.is === 'late' ? t('lateBy', { span: spanInWords(state.by, language) }) : ''),
    standing: () => t('dueStanding'),
  }
  const realLeft = state.is === 'counting' && clock?.state === 'running' ? state.left / clock.scale : null
  return (
    <div>
      <span className={large} role="timer">
        {words[state.is]()}
      </span>
      <span className="tabular text-sm text-ink-2">
        {t('dueAt', { time: format.dateTime(pending.dueAt) })}
      </span>
      {state.is === 'late' && (
        <Note icon={<TriangleAlert size={15} className="mt-0.5 shrink-0 text-warn" aria-hidden />}>
          {t('lateText')}
        </Note>
      )}
      {clock && (
        <Note icon={<FastForward size={15} className="mt-0.5 shrink-0 text-wait" aria-hidden />}>
          {clock.state !== 'running' && `${t(`clock_${clock.state}`)} `}
          {t('clockNow', { time: format.dateTime(new Date(shown).toISOString()) })}
          {realLeft !== null && ` ${t('realSpan', { span: spanInWords(realLeft, language) })}`}
        </Note>
      )}
    </div>
  )
}

/** A message that is still on its way: what it waits for. */
export function OnItsWay({ message }: { message: MessageView | null }) {
  const { t } = useTranslation('replay')
  const text = useText()
  const format = useFormat()
  const held = message?.status === 'held'
  return (
    <div className="flex flex-col gap-2">
      <p className={large}>{t(held ? 'heldNow' : 'sendingNow')}</p>
      {message?.reasonText && <p className="text-sm">{text(message.reasonText)}</p>}
      {message?.retryAt && !held && (
        <p className="tabular text-sm text-ink-2">
          {t('nextTry', { time: format.dateTime(message.retryAt) })}
        </p>
      )}
      {message && held && <HeldMessage messageId={message.id} />}
    </div>
  )
}
