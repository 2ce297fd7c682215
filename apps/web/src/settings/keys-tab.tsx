import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { ListBody } from '../lists/list-body.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/states.tsx'
import { type Column, DataTable } from '../ui/table.tsx'
import { showToast } from '../ui/toast.tsx'
import type { ApiKey } from './api-key.ts'
import { NewKey } from './new-key.tsx'
import { KeySites } from './sites-field.tsx'
import { TabHead } from './tab-head.tsx'

const prefixes = { write: 'wk', secret: 'sk' } as const

/** The keys of the event API; each is shown once and can be revoked. */
export function KeysTab() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const list = usePagedList<ApiKey>('/keys')
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const [limiting, setLimiting] = useState<ApiKey | null>(null)
  const revoke = useMutation({
    mutationFn: (key: ApiKey) => api.delete(`/keys/${key.id}`),
    onSuccess: () => {
      showToast({ text: t('revoked') })
      void queries.invalidateQueries({ queryKey: ['list', '/keys'] })
    },
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
  const columns: Column<ApiKey>[] = [
    {
      key: 'name',
      header: t('keyName'),
      cell: (key) => (
        <span className="block py-1.5">
          <span className="block font-medium">{key.name}</span>
          <code className="block font-mono text-xs text-ink-3">
            {prefixes[key.kind]}_…{key.lastFour}
          </code>
          <span className="block text-xs text-ink-2 md:hidden">{t(`kind_${key.kind}`)}</span>
          {key.kind === 'write' && (
            <span className="block break-words text-xs text-ink-2">
              {key.origins.length > 0 ? key.origins.join(', ') : t('sitesAny')}
            </span>
          )}
        </span>
      ),
    },
    { key: 'kind', header: t('keyKind'), cell: (key) => t(`kind_${key.kind}`), className: 'max-md:hidden' },
    {
      key: 'used',
      header: t('lastUsed'),
      cell: (key) => (key.lastUsedAt ? format.relative(key.lastUsedAt) : t('never')),
      className: 'md:whitespace-nowrap',
    },
    {
      key: 'created',
      header: t('created'),
      cell: (key) => format.date(key.createdAt),
      className: 'tabular whitespace-nowrap max-md:hidden',
    },
    {
      key: 'actions',
      header: <span className="sr-only">{t('more')}</span>,
      cell: (key) => (
        <span className="inline-flex flex-wrap justify-end gap-1">
          {key.kind === 'write' && (
            <Button size="sm" look="ghost" onClick={() => setLimiting(key)}>
              {t('sites')}
            </Button>
          )}
          <Button size="sm" look="ghost" onClick={() => setRevoking(key)}>
            {t('revoke')}
          </Button>
        </span>
      ),
      numeric: true,
    },
  ]
  const button = (
    <Button look="primary" icon={<Plus size={14} aria-hidden />} onClick={() => setMaking(true)}>
      {t('newKey')}
    </Button>
  )
  return (
    <>
      <TabHead
        text={t('keysText')}
        action={
          <span className="flex items-center gap-4">
            <a
              href="/docs"
              target="_blank"
              rel="noreferrer"
              className="text-sm text-accent-text hover:underline"
            >
              {t('apiDocs')}
            </a>
            {list.items.length > 0 && button}
          </span>
        }
      />
      <ListBody
        list={list}
        empty={
          <EmptyState
            icon={<KeyRound size={24} aria-hidden />}
            title={t('noKeysTitle')}
            description={t('noKeysText')}
            action={button}
          />
        }
      >
        <DataTable label={t('tab_keys')} columns={columns} rows={list.items} rowKey={(key) => key.id} />
      </ListBody>
      {making && <NewKey onClose={() => setMaking(false)} />}
      {limiting && <KeySites apiKey={limiting} onClose={() => setLimiting(null)} />}
      {revoking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setRevoking(null)}
          title={t('revokeQuestion', { name: revoking.name })}
          description={t('revokeText')}
          action={t('revoke')}
          danger
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(revoking, { onSettled: () => setRevoking(null) })}
        />
      )}
    </>
  )
}
