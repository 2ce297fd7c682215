import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { capitalised } from '../i18n/capitalised.ts'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage, useText } from '../i18n/use-language.ts'
import { spanInWords } from '../lists/span.ts'
import { Progress } from '../ui/spinner.tsx'
import { FedJourneys } from './fed-journeys.tsx'
import { ImportControls } from './import-controls.tsx'
import { ImportErrors } from './import-errors.tsx'
import { daysOf, type ImportJob, isMoving, isThrough, notPlayed, shareDone } from './import-job.ts'
import { KeptOut } from './kept-waiting.tsx'
import { NextSteps } from './next-steps.tsx'
import { UndoneImport } from './undone-import.tsx'
import { VirtualClock } from './virtual-clock.tsx'

function Counters({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const live = job.status === 'running' || job.status === 'paused'
  const rest = notPlayed(job)
  const figures = [
    [t('stored'), job.mode === 'compressed' ? job.eventsFed : job.rowsStored],
    ...(rest > 0 ? ([[t(live ? 'toPlay' : 'neverPlayed'), rest]] as const) : []),
    [t('newCustomers'), job.customersCreated],
    // A fast clock plays every row, whether it is stored or not.
    ...(job.mode === 'compressed' ? [] : ([[t('duplicates'), job.rowsDuplicate]] as const)),
    [t('rejected'), job.rowsRejected],
  ] as const
  return (
    <dl className="grid grid-cols-2 gap-x-10 gap-y-4 sm:flex sm:flex-wrap">
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt className="text-xs text-ink-3">{label}</dt>
          <dd className="tabular text-xl font-semibold">{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function rowsInWords(
  { rowsRead, rowsTotal }: ImportJob,
  t: TFunction<'imports'>,
  print: (n: number) => string,
) {
  return rowsTotal === null
    ? t('rowsReadOnly', { read: print(rowsRead) })
    : t('rowsOf', { read: print(rowsRead), total: print(rowsTotal) })
}

function Pace({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const language = useLanguage()
  const days = daysOf(job)
  const words = [rowsInWords(job, t, format.number)]
  if (days) words.unshift(t('dayOf', { at: format.number(days.at), of: format.number(days.of) }))
  if (isMoving(job.status)) {
    if (job.rate !== null) words.push(t('perSecond', { rate: format.number(Math.round(job.rate)) }))
    if (isThrough(job)) words.push(t('lastWaits'))
    else if (job.secondsLeft !== null)
      words.push(t('timeLeft', { span: spanInWords(job.secondsLeft * 1000, language) }))
  }
  if (job.startedAt && job.finishedAt) {
    const took = Math.max(1000, new Date(job.finishedAt).getTime() - new Date(job.startedAt).getTime())
    words.push(t('finishedIn', { span: spanInWords(took, language) }))
  }
  return (
    <>
      <p className="tabular text-sm text-ink-2">{capitalised(words.join(' · '))}</p>
      {job.emptied && !isThrough(job) && <p className="text-sm font-medium">{t('emptied')}</p>}
    </>
  )
}

/** A started import: how far it is, what came of it, and the ways to act on it. */
export function ImportProgress({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const text = useText()
  const share = shareDone(job)
  if (job.status === 'undone') return <UndoneImport job={job} />
  return (
    <div className="flex flex-col gap-6">
      {job.mode === 'compressed' && job.status !== 'undoing' && <VirtualClock job={job} />}
      <section aria-label={t('progress')} className="flex flex-col gap-2">
        <Progress label={t('progress')} {...(share === undefined ? {} : { value: share })} />
        {job.status === 'undoing' ? <p className="text-sm text-ink-2">{t('undoing')}</p> : <Pace job={job} />}
        {job.failure && (
          <p role="alert" className="rounded-lg bg-err-soft px-3 py-2 text-sm text-err">
            {text(job.failure)}
          </p>
        )}
      </section>
      <Counters job={job} />
      <ImportControls job={job} />
      <FedJourneys journeys={job.journeys} />
      <KeptOut journeys={job.couldEnter ?? []} />
      {job.status !== 'undoing' && <NextSteps job={job} />}
      {job.rowsRejected > 0 && <ImportErrors importId={job.id} moving={isMoving(job.status)} />}
    </div>
  )
}
