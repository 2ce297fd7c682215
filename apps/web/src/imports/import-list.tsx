import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { ListBody } from '../lists/list-body.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { useCanEdit } from '../session/use-member.ts'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { type Column, DataTable } from '../ui/table.tsx'
import { type ImportJob, importLook } from './import-job.ts'
import { UploadBox } from './upload-box.tsx'

function useColumns(): Column<ImportJob>[] {
  const { t } = useTranslation('imports')
  const format = useFormat()
  return [
    {
      key: 'file',
      header: t('file'),
      cell: (job) => (
        <Link
          to="/imports/$importId"
          params={{ importId: job.id }}
          className="font-medium break-all hover:underline"
          onClick={(event) => event.stopPropagation()}
        >
          {job.fileName}
        </Link>
      ),
    },
    {
      key: 'status',
      header: t('status'),
      cell: (job) => <StatusChip status={importLook[job.status]}>{t(`status_${job.status}`)}</StatusChip>,
    },
    { key: 'mode', header: t('mode'), cell: (job) => t(`mode_${job.mode}`), className: 'max-md:hidden' },
    {
      key: 'rows',
      header: t('rows'),
      cell: (job) => (job.rowsTotal === null ? '–' : format.number(job.rowsTotal)),
      numeric: true,
    },
    {
      key: 'when',
      header: t('when'),
      cell: (job) => format.dateTime(job.createdAt),
      className: 'tabular whitespace-nowrap max-md:hidden',
    },
  ]
}

/** Where files come in: a place to drop one, and those that came before. */
export function ImportList() {
  const { t } = useTranslation('imports')
  const navigate = useNavigate()
  const canEdit = useCanEdit()
  const list = usePagedList<ImportJob>('/imports', {}, { every: 4000 })
  const columns = useColumns()
  return (
    <Page>
      <PageHeader title={t('title')} description={t('description')} />
      {canEdit && <UploadBox />}
      <h2 className="mt-8 mb-3 text-base font-semibold">{t('earlier')}</h2>
      <ListBody list={list} empty={<p className="text-sm text-ink-2">{t('noneYet')}</p>}>
        <DataTable
          label={t('earlier')}
          columns={columns}
          rows={list.items}
          rowKey={(job) => job.id}
          onRowClick={(job) => void navigate({ to: '/imports/$importId', params: { importId: job.id } })}
        />
      </ListBody>
    </Page>
  )
}
