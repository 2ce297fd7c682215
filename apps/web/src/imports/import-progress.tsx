import { Link } from '@tanstack/react-router'
import { CalendarClock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage, useText } from '../i18n/use-language.ts'
import { paceInWords, spanInWords } from '../lists/span.ts'
import { Progress } from '../ui/spinner.tsx'
import { ImportActions } from './import-actions.tsx'
import { ImportErrors } from './import-errors.tsx'
import { type ImportJob, isMoving, shareDone } from './import-job.ts'

function VirtualClock({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const language = useLanguage()
  const format = useFormat()
  if (job.mode !== 'compressed' || !job.virtualNow) return null
  return (
    <div className="flex items-center gap-4 rounded-xl border bg-surface px-5 py-4">
      <CalendarClock size={28} className="shrink-0 text-wait" aria-hidden />
      <div>
        <p className="text-xs text-ink-3">{t('virtualDate')}</p>
        <p className="tabular text-2xl font-semibold" role="timer" aria-live="off">
          {format.longDate(job.virtualNow)}
        </p>
        {job.secondsPerDay !== null && (
          <p className="text-xs text-ink-2">
            {t('virtualPace', { span: paceInWords(job.secondsPerDay * 1000, language) })}
          </p>
        )}
        {job.clockStands && <p className="text-xs text-wait">{t('clockStands')}</p>}
      </div>
    </div>
  )
}

function Counters({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const undone = job.status === 'undone'
  const figures = [
    [t(undone ? 'wereStored' : 'stored'), job.rowsStored],
    [t(undone ? 'wereNew' : 'newCustomers'), job.customersCreated],
    ...(undone ? ([[t('customersStay'), job.customersKept]] as const) : []),
    [t('duplicates'), job.rowsDuplicate],
    [t('rejected'), job.rowsRejected],
    ...(job.mode === 'compressed' ? ([[t('fed'), job.eventsFed]] as const) : []),
  ] as const
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-4">
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt className="text-xs text-ink-3">{label}</dt>
          <dd className="tabular text-xl font-semibold">{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Pace({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const language = useLanguage()
  const words = [
    job.rowsTotal === null
      ? t('rowsReadOnly', { read: format.number(job.rowsRead) })
      : t('rowsOf', { read: format.number(job.rowsRead), total: format.number(job.rowsTotal) }),
  ]
  if (isMoving(job.status)) {
    if (job.rate !== null) words.push(t('perSecond', { rate: format.number(Math.round(job.rate)) }))
    if (job.secondsLeft !== null)
      words.push(t('timeLeft', { span: spanInWords(job.secondsLeft * 1000, language) }))
  }
  const through = job.rowsTotal !== null && job.rowsStored > 0 && job.eventsFed >= job.rowsStored
  if (job.mode === 'compressed' && job.status === 'running' && through) words.push(t('lastWaits'))
  if (job.startedAt && job.finishedAt) {
    const took = new Date(job.finishedAt).getTime() - new Date(job.startedAt).getTime()
    words.push(t('finishedIn', { span: spanInWords(took, language) }))
  }
  return <p className="tabular text-sm text-ink-2">{words.join(' · ')}</p>
}

/** What an undo came to: everything is gone, or what it had to leave. */
function undoneKey({ customersKept, mode }: ImportJob) {
  if (customersKept > 0) return 'undoneKept'
  return mode === 'compressed' ? 'undoneRun' : 'undoneAll'
}

/** A started import: how far it is, what came of it, and the ways to act on it. */
export function ImportProgress({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const text = useText()
  const link = 'text-sm text-accent-text hover:underline'
  const share = shareDone(job)
  return (
    <div className="flex flex-col gap-6">
      <VirtualClock job={job} />
      <section aria-label={t('progress')} className="flex flex-col gap-2">
        <Progress label={t('progress')} {...(share === undefined ? {} : { value: share })} />
        <Pace job={job} />
        {job.failure && (
          <p role="alert" className="rounded-lg bg-err-soft px-3 py-2 text-sm text-err">
            {text(job.failure)}
          </p>
        )}
      </section>
      {job.status === 'undone' && <p className="text-sm">{t(undoneKey(job))}</p>}
      <Counters job={job} />
      <ImportActions job={job} />
      <nav className="flex flex-wrap gap-x-5 gap-y-2">
        <Link to="/customers" className={link}>
          {t('seeCustomers')}
        </Link>
        {job.mode !== 'history' && (
          <>
            <Link to="/enrollments" className={link}>
              {t('seeEnrollments')}
            </Link>
            <Link to="/mailbox" className={link}>
              {t('seeMailbox')}
            </Link>
          </>
        )}
      </nav>
      {job.rowsRejected > 0 && <ImportErrors importId={job.id} moving={isMoving(job.status)} />}
    </div>
  )
}
