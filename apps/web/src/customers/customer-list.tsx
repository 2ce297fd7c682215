import { Link, useNavigate } from '@tanstack/react-router'
import { UserPlus, UserRoundSearch } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { ListBody } from '../lists/list-body.tsx'
import { SearchBox } from '../lists/search-box.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { useCanEdit } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { EmptyState } from '../ui/states.tsx'
import { type Column, DataTable } from '../ui/table.tsx'
import { AddCustomer } from './add-customer.tsx'
import type { CustomerRow } from './customer.ts'

function useColumns(): Column<CustomerRow>[] {
  const { t } = useTranslation('customers')
  const format = useFormat()
  return [
    {
      key: 'name',
      header: t('name'),
      cell: (row) => (
        <Link
          to="/customers/$customerId"
          params={{ customerId: row.id }}
          className="font-medium hover:underline"
          onClick={(event) => event.stopPropagation()}
        >
          {row.name || row.email || row.externalId || t('nameless')}
        </Link>
      ),
    },
    { key: 'email', header: t('email'), cell: (row) => row.email ?? '–', className: 'max-md:hidden' },
    {
      key: 'external',
      header: t('externalId'),
      cell: (row) => <span className="tabular">{row.externalId ?? '–'}</span>,
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
          <span className="text-ink-3">{t('noEvents')}</span>
        ),
      className: 'whitespace-nowrap',
    },
    {
      key: 'created',
      header: t('created'),
      cell: (row) => format.date(row.createdAt),
      className: 'whitespace-nowrap max-md:hidden',
    },
  ]
}

/** Everyone in the workspace, with a search whose words stand in the address. */
export function CustomerList({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const { t } = useTranslation('customers')
  const navigate = useNavigate()
  const canEdit = useCanEdit()
  const [adding, setAdding] = useState(false)
  const list = usePagedList<CustomerRow>('/customers', { search })
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
    <Page>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          canEdit && (
            <Button icon={<UserPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          )
        }
      />
      <SearchBox value={search} onChange={onSearch} label={t('search')} className="mb-4 max-w-md" />
      <ListBody list={list} empty={empty}>
        <DataTable
          label={t('title')}
          columns={columns}
          rows={list.items}
          rowKey={(row) => row.id}
          onRowClick={(row) =>
            void navigate({ to: '/customers/$customerId', params: { customerId: row.id } })
          }
        />
      </ListBody>
      <AddCustomer open={adding} onOpenChange={setAdding} />
    </Page>
  )
}
