import { Link } from '@tanstack/react-router'
import { CircleCheck, OctagonX, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { printProperties } from '../customers/print-value.ts'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage, useText } from '../i18n/use-language.ts'
import { paceInWords, spanInWords } from '../lists/span.ts'
import { Loading } from '../ui/spinner.tsx'
import { type Column, DataTable } from '../ui/table.tsx'
import { compressedSeconds, daysOfFile, type ImportJob, type PreviewRow, type Reach } from './import-job.ts'
import { KeptWaiting } from './kept-waiting.tsx'
import type { WizardStep } from './wizard-step.ts'

/** Whether a row fits, or what is wrong with it. */
function Verdict({ row }: { row: PreviewRow }) {
  const { t } = useTranslation('imports')
  const text = useText()
  return row.ok ? (
    <span className="flex items-center gap-1.5 text-ok">
      <CircleCheck size={15} aria-hidden /> {t('rowOk')}
    </span>
  ) : (
    <span className="flex items-start gap-1.5 text-err">
      <OctagonX size={15} className="mt-0.5 shrink-0" aria-hidden />
      {row.error ? text(row.error) : ''}
    </span>
  )
}

/** The rows one under another, for screens too narrow for a table. */
function Cards({ rows }: { rows: readonly PreviewRow[] }) {
  const { t } = useTranslation('imports')
  const language = useLanguage()
  const format = useFormat()
  return (
    <ul aria-label={t('stepPreview')} className="rounded-lg border bg-surface text-sm md:hidden">
      {rows.map((row) => (
        <li key={row.line} className="flex flex-col gap-1 border-b px-3 py-2.5 last:border-0">
          <div className="flex items-start justify-between gap-3">
            <span className="tabular shrink-0 text-xs leading-5 text-ink-3">
              {t('lineN', { n: format.number(row.line) })}
            </span>
            <Verdict row={row} />
          </div>
          {row.ok && (
            <>
              <p className="tabular wrap-anywhere">
                <strong className="font-medium">{row.customer}</strong> · {row.event}
              </p>
              <p className="tabular text-xs wrap-anywhere text-ink-2">
                {[row.time ? format.dateTime(row.time) : '', printProperties(row.properties ?? {}, language)]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

function useColumns(): Column<PreviewRow>[] {
  const { t } = useTranslation('imports')
  const language = useLanguage()
  const format = useFormat()
  return [
    { key: 'line', header: t('line'), cell: (row) => row.line, numeric: true, className: 'w-14' },
    {
      key: 'ok',
      header: t('status'),
      cell: (row) => <Verdict row={row} />,
      className: 'min-w-40',
    },
    {
      key: 'customer',
      header: t('customer'),
      cell: (row) => <span className="tabular">{row.customer ?? ''}</span>,
    },
    { key: 'event', header: t('event'), cell: (row) => row.event ?? '' },
    {
      key: 'time',
      header: t('time'),
      cell: (row) => (row.time ? format.dateTime(row.time) : ''),
      className: 'tabular whitespace-nowrap',
    },
    {
      key: 'properties',
      header: t('properties'),
      cell: (row) => printProperties(row.properties ?? {}, language),
      className: 'tabular whitespace-nowrap',
    },
  ]
}

/** The journeys that the events of the file begin, with a way to each. */
function Reached({ reach }: { reach: Reach[] }) {
  const { t } = useTranslation('imports')
  return reach
    .filter(({ begins }) => begins.length > 0)
    .map(({ event, begins }) => (
      <p key={event} className="text-sm text-ink-2">
        {t('begins', { event })}{' '}
        {begins.map(({ journeyId, name, paused }, index) => (
          <span key={journeyId}>
            {index > 0 && ', '}
            <Link
              to="/journeys/$journeyId"
              params={{ journeyId }}
              className="text-accent-text hover:underline"
            >
              {name}
            </Link>
            {paused && ` (${t('status_paused')})`}
          </span>
        ))}
      </p>
    ))
}

/** How many rows come, and what becomes of them. */
function WhatComes({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const language = useLanguage()
  const { mode, extent, secondsPerDay } = job
  if (!extent) return null
  const rows = t(extent.counted ? 'rowsCounted' : 'rowsGuessed', {
    count: extent.rows,
    n: format.number(extent.rows),
  })
  const pace =
    mode === 'compressed' && secondsPerDay !== null
      ? {
          pace: paceInWords(secondsPerDay * 1000, language),
          span: spanInWords(compressedSeconds(daysOfFile(extent), secondsPerDay) * 1000, language),
        }
      : {}
  return (
    <p className="max-w-[68ch] text-base font-medium">
      {rows} {t(`comes_${mode}`, pace)}
    </p>
  )
}

/** How many customers the file names, and who of them is known already. */
function WhoComes({ people, extent }: Pick<ImportJob, 'people' | 'extent'>) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  if (!people || !extent) return null
  const { customers, known } = people
  const share = known === 0 ? 'new' : known === customers ? 'known' : 'some'
  const of = extent.counted ? t('peopleOfFile') : t('peopleOfFirst')
  return (
    <p className="tabular text-sm" data-people>
      {of} {t(`people_${share}`, { n: format.number(customers), known: format.number(known) })}
    </p>
  )
}

/** What to know before the start, with the way back to where it can be changed. */
function Warnings({ job, onStep }: { job: ImportJob; onStep: (step: WizardStep) => void }) {
  const { t } = useTranslation('imports')
  const text = useText()
  return (job.warnings ?? []).map(({ step, ...warning }) => (
    <p key={warning.en} className="flex items-start gap-2 rounded-lg bg-warn-soft px-3 py-2 text-sm">
      <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warn" aria-hidden />
      <span>
        {text(warning)}{' '}
        {step && (
          <button
            type="button"
            onClick={() => onStep(step)}
            className="font-medium text-accent-text underline underline-offset-2"
          >
            {t(`changeIn_${step}`)}
          </button>
        )}
      </span>
    </p>
  ))
}

interface PreviewStepProps {
  job: ImportJob
  busy: boolean
  onStep: (step: WizardStep) => void
}

/** The first rows as they would be stored, with what is wrong beside each. */
export function PreviewStep({ job, busy, onStep }: PreviewStepProps) {
  const { t } = useTranslation('imports')
  const columns = useColumns()
  if (busy || !job.preview) return <Loading />
  return (
    <div className="flex flex-col gap-4">
      <WhatComes job={job} />
      <WhoComes people={job.people} extent={job.extent} />
      <p className="max-w-[68ch] text-sm text-ink-2">{t('previewText')}</p>
      {job.mode === 'history' && <KeptWaiting journeys={job.couldEnter ?? []} />}
      <Warnings job={job} onStep={onStep} />
      <Reached reach={job.reach ?? []} />
      <Cards rows={job.preview} />
      <div className="max-md:hidden">
        <DataTable
          label={t('stepPreview')}
          columns={columns}
          rows={job.preview}
          rowKey={(row) => String(row.line)}
        />
      </div>
    </div>
  )
}
