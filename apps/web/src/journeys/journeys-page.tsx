import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Archive, Copy, Ellipsis, Pencil, Plus, Route, Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useCanEdit, useWorkspaceApi } from '../session/use-member.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Input } from '../ui/input.tsx'
import { Menu } from '../ui/menu.tsx'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { Select } from '../ui/select.tsx'
import { Loading } from '../ui/spinner.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'
import { type Column, DataTable } from '../ui/table.tsx'
import { showToast } from '../ui/toast.tsx'
import { type JourneySummary, journeysQuery } from './journey-queries.ts'
import { JourneyStatusChip } from './journey-status.tsx'
import { NewJourneyDialog } from './new-journey-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'

export interface JourneysFilter {
  status: string
  search: string
}

interface JourneysPageProps {
  filter: JourneysFilter
  onFilter: (filter: JourneysFilter) => void
}

const anyStatus = 'any'

/** The list of journeys: find one, make one, rename, duplicate, archive. */
export function JourneysPage({ filter, onFilter }: JourneysPageProps) {
  const { t } = useTranslation('journeys')
  const api = useWorkspaceApi()
  const canEdit = useCanEdit()
  const [creating, setCreating] = useState(false)
  const { data, error, isPending, refetch } = useQuery({
    ...journeysQuery(api, filter),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
  const create = (
    <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  )
  const filtered = filter.status !== '' || filter.search !== ''
  return (
    <Page>
      <PageHeader title={t('title')} description={t('description')} actions={canEdit && create} />
      <div className="flex flex-wrap items-center gap-2 pb-4">
        <div className="relative w-64 max-w-full max-sm:w-full">
          <Search
            size={14}
            className="pointer-events-none absolute top-2.25 left-2.5 text-ink-3"
            aria-hidden
          />
          <Input
            type="search"
            aria-label={t('search')}
            placeholder={t('search')}
            className="pl-8"
            value={filter.search}
            onChange={(event) => onFilter({ ...filter, search: event.target.value })}
          />
        </div>
        <Select
          className="w-52"
          label={t('status')}
          value={filter.status || anyStatus}
          onChange={(status) => onFilter({ ...filter, status: status === anyStatus ? '' : status })}
          choices={[
            { value: anyStatus, label: t('anyStatus') },
            ...(['draft', 'live', 'paused', 'archived'] as const).map((status) => ({
              value: status,
              label: t(`status_${status}`),
            })),
          ]}
        />
      </div>
      {isPending && <Loading />}
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && data.items.length > 0 && <JourneysTable items={data.items} canEdit={canEdit} />}
      {data && data.items.length === 0 && (
        <EmptyState
          icon={<Route size={24} aria-hidden />}
          title={filtered ? t('noneFound') : t('emptyTitle')}
          description={filtered ? t('noneFoundText') : t('emptyText')}
          action={!filtered && canEdit && create}
        />
      )}
      <NewJourneyDialog open={creating} onOpenChange={setCreating} />
    </Page>
  )
}

function JourneysTable({ items, canEdit }: { items: JourneySummary[]; canEdit: boolean }) {
  const { t } = useTranslation('journeys')
  const format = useFormat()
  const navigate = useNavigate()
  const columns: Column<JourneySummary>[] = [
    {
      key: 'name',
      header: t('name'),
      className: 'min-w-28 sm:min-w-56',
      cell: (journey) => (
        <Link
          to="/journeys/$journeyId"
          params={{ journeyId: journey.id }}
          className="font-medium hover:text-accent-text"
          onClick={(event) => event.stopPropagation()}
        >
          {journey.name}
        </Link>
      ),
    },
    { key: 'status', header: t('status'), cell: (journey) => <JourneyStatusChip status={journey.status} /> },
    {
      key: 'version',
      header: t('version'),
      numeric: true,
      className: 'max-sm:hidden',
      cell: (journey) => journey.liveVersion ?? '–',
    },
    {
      key: 'entered',
      header: t('entered'),
      numeric: true,
      className: 'max-sm:hidden',
      cell: (journey) => format.number(journey.entered),
    },
    {
      key: 'active',
      header: t('active'),
      numeric: true,
      className: 'max-sm:whitespace-normal',
      cell: (journey) => format.number(journey.active),
    },
    {
      key: 'updated',
      header: t('updated'),
      className: 'whitespace-nowrap text-ink-2 max-sm:hidden',
      cell: (journey) => (
        <time dateTime={journey.updatedAt} title={format.dateTime(journey.updatedAt)}>
          {format.relative(journey.updatedAt)}
        </time>
      ),
    },
    ...(canEdit
      ? [
          {
            key: 'actions',
            header: <span className="sr-only">{t('actions')}</span>,
            className: 'w-10',
            cell: (journey: JourneySummary) => <JourneyMenu journey={journey} />,
          },
        ]
      : []),
  ]
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={items}
      rowKey={({ id }) => id}
      onRowClick={({ id }) => void navigate({ to: '/journeys/$journeyId', params: { journeyId: id } })}
    />
  )
}

function JourneyMenu({ journey }: { journey: JourneySummary }) {
  const { t } = useTranslation('journeys')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const [renaming, setRenaming] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: [api.path('/journeys')] })
  const act = useMutation({
    mutationFn: (verb: 'duplicate' | 'archive') => api.post(`/journeys/${journey.id}/${verb}`),
    onSuccess: async (_, verb) => {
      await refresh()
      showToast({ text: t(verb === 'archive' ? 'archived' : 'duplicated', { name: journey.name }) })
    },
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps presses on the menu from opening the row
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys on the menu do not reach the row
    <div onClick={(event) => event.stopPropagation()}>
      <Menu
        trigger={
          <IconButton
            size="sm"
            label={t('actionsOf', { name: journey.name })}
            icon={<Ellipsis size={16} aria-hidden />}
          />
        }
        items={[
          { label: t('rename'), icon: <Pencil size={14} aria-hidden />, onSelect: () => setRenaming(true) },
          {
            label: t('duplicate'),
            icon: <Copy size={14} aria-hidden />,
            onSelect: () => act.mutate('duplicate'),
          },
          'separator',
          {
            label: t('archive'),
            icon: <Archive size={14} aria-hidden />,
            disabled: journey.status === 'archived',
            onSelect: () => act.mutate('archive'),
          },
        ]}
      />
      <RenameDialog journey={journey} open={renaming} onOpenChange={setRenaming} onRenamed={refresh} />
    </div>
  )
}
