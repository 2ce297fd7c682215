import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { TestMark, useNameText } from '../replay/passage-status.tsx'
import { Card } from './card.tsx'
import type { Customer } from './customer.ts'

/** The journeys the customer is in right now, and where. */
export function InJourneys({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers')
  const { t: tReplay } = useTranslation('replay')
  const format = useFormat()
  const name = useNameText()
  return (
    <Card title={t('inJourneys')}>
      {customer.active.length === 0 && <p className="text-sm text-ink-3">{t('inNone')}</p>}
      <ul className="flex flex-col gap-2">
        {customer.active.map((passage) => (
          <li key={passage.id}>
            <Link
              to="/journeys/$journeyId/enrollments/$enrollmentId"
              params={{ journeyId: passage.journeyId, enrollmentId: passage.id }}
              className="block rounded-lg border bg-surface px-3 py-2.5 shadow-sm hover:border-line-control"
            >
              <span className="flex items-center gap-2 text-sm font-medium">
                <span className="min-w-0 truncate">{passage.journeyName}</span>
                {passage.test && <TestMark />}
              </span>
              <span className="mt-0.5 block text-xs text-ink-2">
                {name(passage.placeName)}
                {passage.waitingFor && `: ${tReplay(`waiting_${passage.waitingFor}`)}`}
              </span>
              {passage.dueAt && (
                <span className="block text-xs text-ink-3">
                  {tReplay('until', { time: format.dateTime(passage.dueAt) })}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      <Link
        to="/enrollments"
        search={{ customer: customer.id }}
        className="mt-3 inline-block text-sm text-accent-text hover:underline"
      >
        {t('allEnrollments')}
      </Link>
    </Card>
  )
}
