import type { Text } from '@tropa/journey'
import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ListBody } from '../lists/list-body.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { useNameText } from '../replay/passage-status.tsx'
import { useWorkspaceApi } from '../session/use-member.ts'
import { DataTable } from '../ui/table.tsx'

interface ImportError {
  line: number
  code: string
  detail: Text | string
  raw: string
}

/** The rows that were left out, each with its reason and as it stands in the file. */
export function ImportErrors({ importId, moving }: { importId: string; moving: boolean }) {
  const { t } = useTranslation('imports')
  const api = useWorkspaceApi()
  const say = useNameText()
  const list = usePagedList<ImportError>(`/imports/${importId}/errors`, {}, { every: moving && 3000 })
  return (
    <section aria-label={t('errorsTitle')}>
      <header className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-base font-semibold">{t('errorsTitle')}</h2>
        <a
          href={api.path(`/imports/${importId}/errors.csv`)}
          download
          className="inline-flex items-center gap-1.5 text-sm text-accent-text hover:underline"
        >
          <Download size={14} aria-hidden />
          {t('errorsDownload')}
        </a>
      </header>
      <ListBody list={list} empty={null}>
        <DataTable
          label={t('errorsTitle')}
          rows={list.items}
          rowKey={(row) => String(row.line)}
          columns={[
            { key: 'line', header: t('line'), cell: (row) => row.line, numeric: true, className: 'w-16' },
            { key: 'why', header: t('problem'), cell: (row) => say(row.detail), className: 'min-w-48' },
            {
              key: 'raw',
              header: t('raw'),
              cell: (row) => <code className="font-mono text-xs break-all">{row.raw}</code>,
            },
          ]}
        />
      </ListBody>
    </section>
  )
}
