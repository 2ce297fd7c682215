import { Link } from '@tanstack/react-router'
import { Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useCanEdit } from '../session/use-member.ts'
import { type ImportJob, notPlayed } from './import-job.ts'

type LineKey = `undone${'Unplayed' | 'Restored' | 'Changed' | 'Consents' | 'Identifiers' | 'EventsKept'}`

const line = (key: LineKey, count = 0) => ({ key, count })

/** What an undo came to: how much is gone, what was given back, and what had to stay. */
export function UndoneImport({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const canEdit = useCanEdit()
  const { undone, customersKept, mode } = job
  const counted = (key: 'undoneEvents' | 'undoneCustomers' | LineKey, count: number) =>
    t(key, { count, n: format.number(count) })
  const lines = undone
    ? [
        line('undoneUnplayed', notPlayed(job)),
        line('undoneRestored', undone.restored),
        line('undoneChanged', undone.changedSince),
        line('undoneConsents', undone.consents),
        line('undoneIdentifiers', undone.identifiers),
        line('undoneEventsKept', undone.eventsKept),
      ].flatMap(({ key, count }) => (count > 0 ? [counted(key, count)] : []))
    : []
  return (
    <section
      aria-label={t('status_undone')}
      className="flex items-start gap-4 rounded-xl border bg-surface px-5 py-4"
    >
      <Undo2 size={24} className="mt-0.5 shrink-0 text-ink-3 max-md:hidden" aria-hidden />
      <div className="flex min-w-0 flex-1 flex-col gap-1 text-sm">
        <p className="text-base font-medium">
          {undone
            ? t('undoneSum', {
                when: format.dateTime(undone.at),
                events: counted('undoneEvents', undone.events),
                customers: counted('undoneCustomers', undone.customers),
              })
            : t('undoneAll')}
        </p>
        {mode === 'compressed' && <p className="text-ink-2">{t('undoneRun')}</p>}
        {lines.map((sentence) => (
          <p key={sentence} className="text-ink-2">
            {sentence}
          </p>
        ))}
        {customersKept > 0 && (
          <p className="text-ink-2">
            {t('undoneKept', { count: customersKept, n: format.number(customersKept) })}
          </p>
        )}
        {canEdit && (
          <p className="mt-2">
            {t('againText')}{' '}
            <Link to="/imports" className="font-medium text-accent-text hover:underline">
              {t('again')}
            </Link>
          </p>
        )}
      </div>
    </section>
  )
}
