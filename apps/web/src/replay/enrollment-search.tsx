import { Link, useNavigate } from '@tanstack/react-router'
import { Waypoints } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { ListBody } from '../lists/list-body.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { EmptyState } from '../ui/states.tsx'
import { type Column, DataTable } from '../ui/table.tsx'
import type { EnrollmentRow } from './enrollment.ts'
import { EnrollmentFilters, type PassageFilters } from './enrollment-filters.tsx'
import { PassageStatus, TestMark, useEndWords, useNameText } from './passage-status.tsx'

function useColumns(): Column<EnrollmentRow>[] {
  const { t } = useTranslation('replay')
  const { t: tCustomers } = useTranslation('customers')
  const format = useFormat()
  const name = useNameText()
  const endWords = useEndWords()
  return [
    {
      key: 'customer',
      header: t('customer'),
      cell: (row) => (
        <Link
          to="/journeys/$journeyId/enrollments/$enrollmentId"
          params={{ journeyId: row.journeyId, enrollmentId: row.id }}
          className="font-medium hover:underline"
          onClick={(event) => event.stopPropagation()}
        >
          {row.customerName || tCustomers('nameless')}
        </Link>
      ),
    },
    { key: 'status', header: t('status'), cell: (row) => <PassageStatus status={row.status} /> },
    {
      key: 'journey',
      header: t('journey'),
      cell: (row) => (
        <span className="block py-1.5">
          <span className="flex items-center gap-2">
            {row.journeyName} {row.test && <TestMark />}
          </span>
          <span className="block text-xs text-ink-3">{t('versionN', { n: row.version })}</span>
        </span>
      ),
      className: 'min-w-44',
    },
    {
      key: 'place',
      header: t('place'),
      cell: (row) => (
        <span className="text-ink-2">
          {[name(row.placeName), row.waitingFor ? t(`waiting_${row.waitingFor}`) : '']
            .filter(Boolean)
            .join(': ') || endWords(row.endReason)}
          {row.dueAt && (
            <span className="block text-xs text-ink-3">
              {t('until', { time: format.dateTime(row.dueAt) })}
            </span>
          )}
        </span>
      ),
      className: 'min-w-48',
    },
    {
      key: 'entered',
      header: t('entered'),
      cell: (row) => format.dateTime(row.enteredAt),
      className: 'whitespace-nowrap',
    },
    {
      key: 'ended',
      header: t('ended'),
      cell: (row) => (row.endedAt ? format.dateTime(row.endedAt) : '–'),
      className: 'whitespace-nowrap',
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
    />
  )
  return (
    <Page>
      <PageHeader title={t('title')} description={t('description')} />
      <EnrollmentFilters filters={filters} onFilters={onFilters} />
      <ListBody list={list} empty={empty}>
        <DataTable
          label={t('title')}
          columns={columns}
          rows={list.items}
          rowKey={(row) => row.id}
          onRowClick={(row) =>
            void navigate({
              to: '/journeys/$journeyId/enrollments/$enrollmentId',
              params: { journeyId: row.journeyId, enrollmentId: row.id },
            })
          }
        />
      </ListBody>
    </Page>
  )
}
