import { CircleCheck, Minus, OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useText } from '../../i18n/use-language.ts'
import { cx } from '../../ui/cx.ts'
import { type Status, StatusChip } from '../../ui/status-chip.tsx'
import type { Attempt, GateRung, MessageView } from '../enrollment.ts'
import { MessageChip } from '../passage-status.tsx'
import { HeldMessage } from './held-message.tsx'

const outcomeLook: Record<NonNullable<Attempt['outcome']>, Status> = {
  accepted: 'ok',
  rejected: 'err',
  not_sent: 'warn',
  throttled: 'warn',
  ambiguous: 'warn',
}

const rungs = [
  'enrollment',
  'journey',
  'consent',
  'address',
  'suppression',
  'quiet_hours',
  'frequency_cap',
  'budget',
  'holdout',
  'template',
  'connection',
  'content',
] as const

type RungState = 'rungPassed' | 'rungRefused' | 'rungNotReached' | 'rungNotSet'

const rungIcons: Record<RungState, ReactNode> = {
  rungPassed: <CircleCheck size={16} className="mt-0.5 shrink-0 text-ok" aria-hidden />,
  rungRefused: <OctagonX size={16} className="mt-0.5 shrink-0 text-err" aria-hidden />,
  rungNotReached: <Minus size={16} className="mt-0.5 shrink-0 text-ink-3" aria-hidden />,
  rungNotSet: <Minus size={16} className="mt-0.5 shrink-0 text-ink-3" aria-hidden />,
}

function stateOf(rung: GateRung, reached: boolean): RungState {
  if (!reached || rung.ok === null) return 'rungNotReached'
  if (!rung.ok) return 'rungRefused'
  return rung.code === 'not_configured' ? 'rungNotSet' : 'rungPassed'
}

function Rung({ rung, reached }: { rung: GateRung; reached: boolean }) {
  const { t } = useTranslation('replay')
  const text = useText()
  const state = stateOf(rung, reached)
  const known = rungs.find((one) => one === rung.rung)
  return (
    <li
      className={cx(
        'flex items-start gap-2 rounded-md px-2 py-1 text-sm',
        state === 'rungRefused' && 'bg-err-soft',
      )}
    >
      {rungIcons[state]}
      <span className={cx('min-w-0 flex-1 break-words', state === 'rungNotSet' && 'text-ink-3')}>
        {known && <span className="font-medium">{t(`rung_${known}`)}</span>}
        {state !== 'rungNotSet' && <span className="block text-xs text-ink-2">{text(rung.detail)}</span>}
      </span>
      <span className="text-xs leading-5 text-ink-3">{t(state)}</span>
    </li>
  )
}

function AttemptRow({ attempt, test }: { attempt: Attempt; test: boolean }) {
  const text = useText()
  const { t } = useTranslation('replay')
  const format = useFormat()
  const took = attempt.finishedAt
    ? new Date(attempt.finishedAt).getTime() - new Date(attempt.startedAt).getTime()
    : null
  return (
    <li className="rounded-lg border bg-surface px-3 py-2.5 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{t('attemptN', { n: attempt.number })}</span>
        <StatusChip status={attempt.outcome ? outcomeLook[attempt.outcome] : 'wait'}>
          {t(attempt.outcome ? `outcome_${attempt.outcome}` : 'outcome_open')}
        </StatusChip>
        <span className="tabular text-xs text-ink-3">
          {test
            ? t('realTime', { time: format.dateTime(attempt.startedAt) })
            : format.dateTime(attempt.startedAt)}
          {took !== null && ` · ${t('took', { ms: took })}`}
        </span>
      </div>
      {(attempt.code || attempt.detail) && (
        <p className="mt-1 text-xs break-words text-ink-2">
          {attempt.code && <code className="mr-2 font-mono">{attempt.code}</code>}
          {attempt.detail && text(attempt.detail)}
        </p>
      )}
    </li>
  )
}

/** The gate before a send, rung by rung, and every call to the provider after it. */
export function AttemptsPanel({ message, test }: { message: MessageView; test: boolean }) {
  const { t } = useTranslation('replay')
  const text = useText()
  const refusedAt = message.gate.findIndex(({ ok }) => ok === false)
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <MessageChip status={message.status} />
        {message.reasonText && <span className="text-ink-2">{text(message.reasonText)}</span>}
      </div>
      {message.status === 'held' && <HeldMessage messageId={message.id} />}
      {message.gate.length > 0 && (
        <section aria-label={t('gate')}>
          <h3 className="text-xs font-medium text-ink-2">{t('gate')}</h3>
          <p className="mb-2 text-xs text-ink-3">{t('gateHint')}</p>
          <ol className="flex flex-col gap-0.5">
            {message.gate.map((rung, index) => (
              <Rung key={String(rung.rung)} rung={rung} reached={refusedAt < 0 || index <= refusedAt} />
            ))}
          </ol>
        </section>
      )}
      <section aria-label={t('attempts')}>
        <h3 className="mb-2 text-xs font-medium text-ink-2">{t('attempts')}</h3>
        {message.attempts.length === 0 && <p className="text-sm text-ink-2">{t('noAttempts')}</p>}
        <ol className="flex flex-col gap-2">
          {message.attempts.map((attempt) => (
            <AttemptRow key={attempt.number} attempt={attempt} test={test} />
          ))}
        </ol>
      </section>
    </div>
  )
}
