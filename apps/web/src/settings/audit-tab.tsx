import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { ListBody } from '../lists/list-body.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { type Column, DataTable } from '../ui/table.tsx'
import { type AuditGroup, type AuditRow, folded, sentenceOf } from './audit.ts'
import { roles } from './roles.ts'
import { TabHead } from './tab-head.tsx'

const fields = [
  'name',
  'timeZone',
  'currency',
  'language',
  'config',
  'secrets',
  'isDefault',
  'enabled',
] as const

function wordsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function useSentence(): (row: AuditRow) => string {
  const { t } = useTranslation('audit')
  const { t: tSettings } = useTranslation('settings')
  const russian = useLanguage() === 'ru'
  return (row) => {
    const key = sentenceOf(row)
    if (!key) return t('other', { what: row.action })
    const called = row.objectName ?? (row.objectId ? `#${row.objectId.slice(0, 8)}` : '')
    const role = roles.find((one) => one === row.detail.role)
    return t(key, {
      ...row.detail,
      name: russian ? `«${called}»` : `“${called}”`,
      role: role ? tSettings(`role_${role}`) : '',
      attributes: wordsOf(row.detail.attributes).join(', '),
    })
  }
}

/** What is worth knowing beyond the sentence: the reason a member gave, and which settings changed. */
function useMore(): (row: AuditGroup) => string {
  const { t } = useTranslation('audit')
  return ({ detail, times }) => {
    const changed = wordsOf(detail.fields).map((field) => {
      const known = fields.find((one) => one === field)
      return known ? t(`field_${known}`) : field
    })
    return [
      typeof detail.reason === 'string' ? t('reason', { reason: detail.reason }) : '',
      changed.length > 0 ? t('fields', { fields: changed.join(', ') }) : '',
      times > 1 ? t('times', { count: times }) : '',
    ]
      .filter(Boolean)
      .join(' · ')
  }
}

function What({ row }: { row: AuditGroup }) {
  const sentence = useSentence()(row)
  const look = 'font-medium hover:underline'
  const id = row.objectId
  if (id && row.objectName !== null) {
    if (row.object === 'journeys')
      return (
        <Link to="/journeys/$journeyId" params={{ journeyId: id }} className={look}>
          {sentence}
        </Link>
      )
    if (row.object === 'customers' || row.object === 'consents')
      return (
        <Link to="/customers/$customerId" params={{ customerId: id }} className={look}>
          {sentence}
        </Link>
      )
    if (row.object === 'templates' && row.action !== 'templates.delete')
      return (
        <Link to="/templates/$templateId" params={{ templateId: id }} className={look}>
          {sentence}
        </Link>
      )
    if (row.object === 'imports')
      return (
        <Link to="/imports/$importId" params={{ importId: id }} className={look}>
          {sentence}
        </Link>
      )
  }
  return <span className="font-medium">{sentence}</span>
}

/** Who did what, newest first. */
export function AuditTab() {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const more = useMore()
  const list = usePagedList<AuditRow>('/audit')
  const who = (row: AuditRow) => row.memberName ?? t('system')
  const columns: Column<AuditGroup>[] = [
    {
      key: 'what',
      header: t('what'),
      cell: (row) => (
        <span className="block py-2 break-words">
          <What row={row} />
          {more(row) && <span className="block text-xs text-ink-2">{more(row)}</span>}
          <span className="tabular block text-xs text-ink-3 md:hidden">
            {who(row)} · {format.dateTime(row.at)}
          </span>
        </span>
      ),
    },
    { key: 'who', header: t('who'), cell: who, className: 'whitespace-nowrap max-md:hidden' },
    {
      key: 'when',
      header: t('when'),
      cell: (row) => format.dateTime(row.at),
      className: 'tabular whitespace-nowrap max-md:hidden',
    },
  ]
  return (
    <>
      <TabHead text={t('text')} />
      <ListBody list={list} empty={<p className="text-sm text-ink-2">{t('empty')}</p>}>
        <DataTable
          label={t('what')}
          rows={folded(list.items)}
          rowKey={(row) => String(row.id)}
          columns={columns}
        />
      </ListBody>
    </>
  )
}
