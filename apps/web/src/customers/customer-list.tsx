import { Link, useNavigate } from '@tanstack/react-router'
import { UserPlus, UserRoundSearch } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { ListPage } from '../lists/list-page.tsx'
import { SearchBox } from '../lists/search-box.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { useCanEdit } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/states.tsx'
import type { Column } from '../ui/table.tsx'
import { AddCustomer } from './add-customer.tsx'
import type { CustomerRow } from './customer.ts'

function useColumns(): Column<CustomerRow>[] {
  const { t } = useTranslation('customers')
  const format = useFormat()
  return [
    {
      key: 'customer',
      header: t('pick'),
      cell: (row) => {
        const called = row.name || row.email || row.externalId || t('nameless')
        return (
          <span className="flex flex-wrap items-baseline gap-x-2 max-md:py-2">
            <Link
              to="/customers/$customerId"
              params={{ customerId: row.id }}
              className="tabular font-medium break-all hover:underline"
              onClick={(event) => event.stopPropagation()}
            >
              {called}
            </Link>
            {row.email && row.email !== called && <span className="text-ink-2 break-all">{row.email}</span>}
          </span>
        )
      },
    },
    {
      key: 'external',
      header: t('externalId'),
      cell: (row) => <span className="tabular">{row.externalId ?? '–'}</span>,
      className: 'max-md:hidden',
    },
    {
      key: 'last',
      header: t('lastEvent'),
      cell: (row) =>
        row.lastEventAt ? (
          <time dateTime={row.lastEventAt} title={format.relative(row.lastEventAt)}>
            {format.date(row.lastEventAt)}
          </time>
        ) : (
          <span className="text-ink-3">{t(row.eventsToCome ? 'eventsToCome' : 'noEvents')}</span>
        ),
      className: 'tabular md:whitespace-nowrap',
    },
    {
      key: 'created',
      header: t('created'),
      cell: (row) => format.date(row.createdAt),
      className: 'tabular whitespace-nowrap max-md:hidden',
    },
  ]
}

/** Everyone in the workspace, with a search whose words stand in the address. */
export function CustomerList({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const { t } = useTranslation('customers')
  const navigate = useNavigate()
  const format = useFormat()
  const canEdit = useCanEdit()
  const [adding, setAdding] = useState(false)
  const list = usePagedList<CustomerRow>('/customers', { search }, { every: 5000 })
  const columns = useColumns()
  const empty = search ? (
    <EmptyState title={t('noneFound', { search })} description={t('noneFoundText')} />
  ) : (
    <EmptyState
      icon={<UserRoundSearch size={24} aria-hidden />}
      title={t('emptyTitle')}
      description={t('emptyText')}
      action={
        <Link to="/imports" className="font-medium text-accent-text underline underline-offset-4">
          {t('toImport')}
        </Link>
      }
    />
  )
  return (
    <ListPage
      title={t('title')}
      description={t('description')}
      action={
        canEdit && (
          <Button icon={<UserPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
      tools={
        <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <SearchBox
            value={search}
            onChange={onSearch}
            label={t('search')}
            className="min-w-0 flex-1 basis-64 max-w-md"
          />
          {list.items.length > 0 && (
            <p className="tabular text-sm text-ink-2">
              {list.total === null
                ? t('totalMany')
                : t('total', { count: list.total ?? 0, n: format.number(list.total ?? 0) })}
              , {t('newestFirst')}
            </p>
          )}
        </div>
      }
      list={list}
      columns={columns}
      rowKey={(row) => row.id}
      onOpen={(row) => void navigate({ to: '/customers/$customerId', params: { customerId: row.id } })}
      empty={empty}
    >
      {adding && <AddCustomer onClose={() => setAdding(false)} />}
    </ListPage>
  )
}
