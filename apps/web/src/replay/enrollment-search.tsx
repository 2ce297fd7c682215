import { Link, useNavigate } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { ListPage } from '../lists/list-page.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { EmptyState } from '../ui/states.tsx'
import type { Column } from '../ui/table.tsx'
import type { EnrollmentRow } from './enrollment.ts'
import { EnrollmentFilters, type PassageFilters } from './enrollment-filters.tsx'
import { PassageStatus, TestMark, useEndWords, useNameText } from './passage-status.tsx'

/** Where a passage stands; of an ended one, where it stood last and why it ended there. */
function usePlaceWords(): (row: EnrollmentRow) => string {
  const { t } = useTranslation('replay')
  const name = useNameText()
  const endWords = useEndWords()
  return (row) => {
    const place = name(row.placeName)
    const sending = row.waitingFor && !row.dueAt ? t(`waiting_${row.waitingFor}`) : ''
    const reason = row.endReason === 'exit_node' ? row.endLabel : endWords(row.endReason)
    return [...new Set([place, sending, reason])].filter(Boolean).join(', ') || '–'
  }
}

function Who({ row }: { row: EnrollmentRow }) {
  const { t } = useTranslation('replay')
  const { t: tCustomers } = useTranslation('customers')
  const format = useFormat()
  const place = usePlaceWords()
  return (
    <span className="block max-md:py-2">
      <span className="flex items-center gap-2">
        <Link
          to="/journeys/$journeyId/enrollments/$enrollmentId"
          params={{ journeyId: row.journeyId, enrollmentId: row.id }}
          className="tabular min-w-0 truncate font-medium hover:underline"
          onClick={(event) => event.stopPropagation()}
        >
          {row.customerName || tCustomers('nameless')}
        </Link>
        {row.test && <TestMark />}
      </span>
      <span className="block text-xs text-ink-2 md:hidden">
        {row.journeyName}, {t('versionN', { n: row.version })}
      </span>
      <span className="tabular block text-xs text-ink-2 md:hidden">
        {[place(row), row.dueAt && t('until', { time: format.dateTime(row.dueAt) })]
          .filter(Boolean)
          .join(', ')}
      </span>
      <span className="tabular block text-xs text-ink-3 md:hidden">
        {t('entered')}: {format.dateTime(row.enteredAt)}
      </span>
    </span>
  )
}

function useColumns(): Column<EnrollmentRow>[] {
  const { t } = useTranslation('replay')
  const format = useFormat()
  const place = usePlaceWords()
  return [
    {
      key: 'customer',
      header: t('customer'),
      cell: (row) => <Who row={row} />,
      className: 'max-w-64',
    },
    {
      key: 'status',
      header: t('status'),
      cell: (row) => <PassageStatus status={row.status} />,
      className: 'max-md:py-2 max-md:align-top max-md:text-right',
    },
    {
      key: 'journey',
      header: t('journey'),
      cell: (row) => (
        <span className="flex items-baseline gap-1.5">
          <span className="min-w-0 truncate" title={row.journeyName}>
            {row.journeyName}
          </span>
          <span className="shrink-0 text-xs text-ink-3">{t('versionN', { n: row.version })}</span>
        </span>
      ),
      className: 'max-w-56 whitespace-nowrap max-md:hidden',
    },
    {
      key: 'place',
      header: t('place'),
      cell: (row) => <span className="text-ink-2">{place(row)}</span>,
      className: 'min-w-28 max-md:hidden',
    },
    {
      key: 'entered',
      header: t('entered'),
      cell: (row) => format.dateTime(row.enteredAt),
      className: 'tabular whitespace-nowrap max-md:hidden',
    },
    {
      key: 'ended',
      header: t('untilOrEnded'),
      cell: (row) =>
        row.dueAt ? (
          <span className="text-ink-2">{t('until', { time: format.dateTime(row.dueAt) })}</span>
        ) : row.endedAt ? (
          format.dateTime(row.endedAt)
        ) : (
          '–'
        ),
      className: 'tabular whitespace-nowrap max-lg:hidden',
    },
  ]
}

interface EnrollmentSearchProps {
  filters: PassageFilters
  onFilters: (filters: PassageFilters) => void
}

/** All passages with filters that stand in the address. */
export function EnrollmentSearch({ filters, onFilters }: EnrollmentSearchProps) {
  const { t } = useTranslation('replay')
  const navigate = useNavigate()
  const list = usePagedList<EnrollmentRow>('/enrollments', { ...filters }, { every: 5000 })
  const columns = useColumns()
  const filtered = Object.values(filters).some((value) => value !== undefined)
  const empty = filtered ? (
    <EmptyState title={t('noneTitle')} />
  ) : (
    <EmptyState
      icon={<Waypoints size={24} aria-hidden />}
      title={t('emptyTitle')}
      description={t('emptyText')}
      action={
        <Link to="/journeys" className="font-medium text-accent-text underline underline-offset-4">
          {t('toJourneys')}
        </Link>
      }
    />
  )
  return (
    <ListPage
      title={t('title')}
      description={t('description')}
      tools={<EnrollmentFilters filters={filters} onFilters={onFilters} />}
      list={list}
      columns={columns}
      rowKey={(row) => row.id}
      onOpen={(row) =>
        void navigate({
          to: '/journeys/$journeyId/enrollments/$enrollmentId',
          params: { journeyId: row.journeyId, enrollmentId: row.id },
        })
      }
      empty={empty}
    />
  )
}
