import { useTranslation } from 'react-i18next'
import { printProperties } from '../customers/print-value.ts'
import { useFormat } from '../i18n/use-format.ts'
import { ListBody } from '../lists/list-body.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { DataTable } from '../ui/table.tsx'
import { TabHead } from './tab-head.tsx'

interface AuditRow {
  id: number
  at: string
  memberName: string | null
  action: string
  object: string
  objectId: string | null
  detail: Record<string, unknown>
}

const objects = [
  'workspace',
  'members',
  'invitations',
  'keys',
  'journeys',
  'customers',
  'consents',
  'enrollments',
  'messages',
  'templates',
  'connections',
  'mails',
  'imports',
] as const

/** Who did what, newest first. */
export function AuditTab() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const list = usePagedList<AuditRow>('/audit')
  const nameOf = (object: string) => {
    const known = objects.find((one) => one === object)
    return known ? t(`object_${known}`) : object
  }
  return (
    <>
      <TabHead text={t('auditText')} />
      <ListBody list={list} empty={<p className="text-sm text-ink-2">{t('auditEmpty')}</p>}>
        <DataTable
          label={t('tab_audit')}
          rows={list.items}
          rowKey={(row) => String(row.id)}
          columns={[
            {
              key: 'when',
              header: t('when'),
              cell: (row) => format.dateTime(row.at),
              className: 'whitespace-nowrap',
            },
            { key: 'who', header: t('who'), cell: (row) => row.memberName ?? t('system') },
            {
              key: 'what',
              header: t('what'),
              cell: (row) => <code className="font-mono text-xs">{row.action}</code>,
            },
            {
              key: 'object',
              header: t('object'),
              cell: (row) => (
                <span title={row.objectId ?? undefined}>
                  {nameOf(row.object)}{' '}
                  <code className="font-mono text-xs text-ink-3">{row.objectId?.slice(0, 8)}</code>
                </span>
              ),
            },
            {
              key: 'details',
              header: t('details'),
              cell: (row) => (
                <code className="font-mono text-xs text-ink-2">{printProperties(row.detail)}</code>
              ),
            },
          ]}
        />
      </ListBody>
    </>
  )
}
