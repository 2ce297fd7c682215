import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Archive, Copy, Ellipsis, Pencil, Plus, Route } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { ListPage } from '../lists/list-page.tsx'
import { SearchBox } from '../lists/search-box.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { useCanEdit, useWorkspaceApi } from '../session/use-member.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import { Select } from '../ui/select.tsx'
import { EmptyState } from '../ui/states.tsx'
import type { Column } from '../ui/table.tsx'
import { showToast } from '../ui/toast.tsx'
import type { JourneySummary } from './journey-queries.ts'
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
  const navigate = useNavigate()
  const canEdit = useCanEdit()
  const [creating, setCreating] = useState(false)
  const list = usePagedList<JourneySummary>('/journeys', { ...filter }, { every: 10_000 })
  const columns = useColumns(canEdit)
  const create = canEdit && (
    <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  )
  const filtered = filter.status !== '' || filter.search !== ''
  return (
    <ListPage
      title={t('title')}
      description={t('description')}
      action={create}
      tools={<Tools filter={filter} onFilter={onFilter} />}
      list={list}
      columns={columns}
      rowKey={({ id }) => id}
      onOpen={({ id }) => void navigate({ to: '/journeys/$journeyId', params: { journeyId: id } })}
      empty={
        <EmptyState
          icon={<Route size={24} aria-hidden />}
          title={filtered ? t('noneFound') : t('emptyTitle')}
          description={filtered ? t('noneFoundText') : t('emptyText')}
          action={!filtered && create}
        />
      }
    >
      {creating && <NewJourneyDialog onClose={() => setCreating(false)} />}
    </ListPage>
  )
}

function Tools({ filter, onFilter }: JourneysPageProps) {
  const { t } = useTranslation('journeys')
  return (
    <div className="flex flex-wrap items-center gap-2 pb-4">
      <SearchBox
        className="w-64 max-w-full max-sm:w-full"
        label={t('search')}
        value={filter.search}
        onChange={(search) => onFilter({ ...filter, search })}
      />
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
  )
}

function useColumns(canEdit: boolean): Column<JourneySummary>[] {
  const { t } = useTranslation('journeys')
  const format = useFormat()
  return [
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
}

function JourneyMenu({ journey }: { journey: JourneySummary }) {
  const { t } = useTranslation('journeys')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const [renaming, setRenaming] = useState(false)
  const refresh = () => queries.invalidateQueries({ queryKey: ['list', '/journeys'] })
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
      {renaming && <RenameDialog journey={journey} onClose={() => setRenaming(false)} onRenamed={refresh} />}
    </div>
  )
}
