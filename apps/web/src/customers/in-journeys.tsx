import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useText } from '../i18n/use-language.ts'
import { PassageStatus, TestMark, useNameText } from '../replay/passage-status.tsx'
import { Card } from './card.tsx'
import type { Customer } from './customer.ts'

/** The last few journeys the customer has been through, and how each ended. */
function LastEnded({ ended }: Pick<Customer, 'ended'>) {
  const { t } = useTranslation('customers')
  const text = useText()
  const format = useFormat()
  if (ended.length === 0) return null
  return (
    <section aria-label={t('lastEnded')} className="mt-4">
      <h3 className="mb-1 text-xs font-medium text-ink-3">{t('lastEnded')}</h3>
      <ul>
        {ended.map(({ id, journeyId, journeyName, status, endedAt, sentence, test }) => (
          <li key={id} className="border-b last:border-0">
            <Link
              to="/journeys/$journeyId/enrollments/$enrollmentId"
              params={{ journeyId, enrollmentId: id }}
              className="block rounded-sm py-2 hover:bg-sunken"
            >
              <span className="flex items-center gap-2 text-sm font-medium">
                <span className="min-w-0 truncate">{journeyName}</span>
                {test && <TestMark />}
              </span>
              <span className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-0.5 text-xs text-ink-2">
                <PassageStatus status={status} />
                {endedAt && <time dateTime={endedAt}>{format.date(endedAt)}</time>}
              </span>
              {sentence && <span className="mt-0.5 block text-xs text-ink-2">{text(sentence)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The journeys the customer is in right now, and where; below them those that have ended lately. */
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
      <LastEnded ended={customer.ended} />
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
