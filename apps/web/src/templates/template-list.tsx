import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { FileText, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Answer, Routes } from '../api.ts'
import { useFormat } from '../i18n/use-format.ts'
import { ListPage } from '../lists/list-page.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { useCanEdit, useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/states.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import type { Column } from '../ui/table.tsx'
import { showToast } from '../ui/toast.tsx'
import { starter, type TemplateRow } from './template.ts'

function useColumns(): Column<TemplateRow>[] {
  const { t } = useTranslation('templates')
  const format = useFormat()
  return [
    {
      key: 'name',
      header: t('name'),
      cell: (row) => (
        <Link
          to="/templates/$templateId"
          params={{ templateId: row.id }}
          className="font-medium hover:underline"
          onClick={(event) => event.stopPropagation()}
        >
          {row.name || t('untitled')}
        </Link>
      ),
    },
    {
      key: 'subject',
      header: t('subject'),
      cell: (row) => <span className="text-ink-2">{row.subject}</span>,
      className: 'max-md:hidden',
    },
    {
      key: 'state',
      header: t('state'),
      cell: (row) => (
        <StatusChip status={row.usable ? 'ok' : 'err'}>
          {t(row.usable ? 'usable' : 'withProblems')}
        </StatusChip>
      ),
    },
    {
      key: 'changed',
      header: t('changed'),
      cell: (row) => format.dateTime(row.updatedAt),
      className: 'tabular whitespace-nowrap max-md:hidden',
    },
  ]
}

/** The templates of the workspace. */
export function TemplateList() {
  const { t } = useTranslation('templates')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const canEdit = useCanEdit()
  const list = usePagedList<TemplateRow>('/templates')
  const columns = useColumns()
  const create = useMutation({
    mutationFn: () =>
      api.post<Answer<Routes['templates']['$post']>>('/templates', { ...starter, name: t('untitled') }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['list', '/templates'] })
      void navigate({ to: '/templates/$templateId', params: { templateId: id } })
    },
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
  const button = canEdit && (
    <Button
      look="primary"
      busy={create.isPending}
      icon={<Plus size={15} aria-hidden />}
      onClick={() => create.mutate()}
    >
      {t('create')}
    </Button>
  )
  const empty = (
    <EmptyState
      icon={<FileText size={24} aria-hidden />}
      title={t('emptyTitle')}
      description={t('emptyText')}
      action={button}
    />
  )
  return (
    <ListPage
      title={t('title')}
      description={t('description')}
      action={list.items.length > 0 && button}
      list={list}
      columns={columns}
      rowKey={(row) => row.id}
      onOpen={(row) => void navigate({ to: '/templates/$templateId', params: { templateId: row.id } })}
      empty={empty}
    />
  )
}
