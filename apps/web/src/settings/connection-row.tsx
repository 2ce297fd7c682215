import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Routes } from '../api.ts'
import { useFormat } from '../i18n/use-format.ts'
import { useText } from '../i18n/use-language.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { Menu } from '../ui/menu.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { showToast } from '../ui/toast.tsx'
import type { Connection } from './connection.ts'
import { useManages } from './use-manages.ts'

/** Whether it works, as far as is known: what the last test found counts more than that nothing has failed yet. */
function State({ connection, tested }: { connection: Connection; tested: boolean | undefined }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  if (!connection.enabled) return <StatusChip status="off">{t('disabled')}</StatusChip>
  if (tested === false) return <StatusChip status="err">{t('testFailed')}</StatusChip>
  if (connection.brokenSince)
    return (
      <StatusChip status="err">{t('broken', { date: format.dateTime(connection.brokenSince) })}</StatusChip>
    )
  return <StatusChip status="ok">{t('works')}</StatusChip>
}

function useConnectionActions(connection: Connection) {
  const { t } = useTranslation('settings')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const fresh = () => void queries.invalidateQueries({ queryKey: ['list', '/connections'] })
  const onError = (error: Error) => showToast({ text: error.message, look: 'error' })
  const path = `/connections/${connection.id}`
  const test = useMutation({
    mutationFn: () => api.post<Answer<Routes['connections'][':id']['test']['$post']>>(`${path}/test`),
    onSuccess: fresh,
    onError,
  })
  const change = useMutation({
    mutationFn: (body: { isDefault?: true; enabled?: boolean }) => api.patch(path, body),
    onSuccess: (_, body) => {
      showToast({ text: body.isDefault ? t('madeDefault', { name: connection.name }) : t('saved') })
      fresh()
    },
    onError,
  })
  const remove = useMutation({
    mutationFn: () => api.delete(path),
    onSuccess: () => {
      showToast({ text: t('deleted') })
      fresh()
    },
    onError,
  })
  return { test, change, remove }
}

interface ConnectionRowProps {
  connection: Connection
  /** What its connector is called. */
  title: string
  onEdit: () => void
}

/** One connection: what it is, whether it works, and what can be done with it. */
export function ConnectionRow({ connection, title, onEdit }: ConnectionRowProps) {
  const { t } = useTranslation('settings')
  const text = useText()
  const manages = useManages()
  const { test, change, remove } = useConnectionActions(connection)
  const [removing, setRemoving] = useState(false)
  const { host, port } = connection.config
  const place = [title, typeof host === 'string' && `${host}:${String(port)}`].filter(Boolean).join(' · ')
  return (
    <li className="rounded-lg border bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2 text-sm font-semibold">
            {connection.isMailbox ? t('mailboxName') : connection.name}
            <State connection={connection} tested={test.data?.ok} />
            {connection.isDefault && <StatusChip status="info">{t('isDefault')}</StatusChip>}
          </p>
          <p className="text-xs break-words text-ink-3">
            {place}
            {connection.isMailbox && ` · ${t('builtIn')}`}
          </p>
        </div>
        {manages && (
          <div className="flex items-center gap-1">
            <Button size="sm" busy={test.isPending} onClick={() => test.mutate()}>
              {t('test')}
            </Button>
            {!connection.isMailbox && (
              <Button size="sm" onClick={onEdit}>
                {t('edit')}
              </Button>
            )}
            <Menu
              trigger={<IconButton size="sm" label={t('more')} icon={<Ellipsis size={16} aria-hidden />} />}
              items={[
                {
                  label: t('makeDefault'),
                  disabled: connection.isDefault,
                  onSelect: () => change.mutate({ isDefault: true }),
                },
                {
                  label: t(connection.enabled ? 'disable' : 'enable'),
                  onSelect: () => change.mutate({ enabled: !connection.enabled }),
                },
                'separator',
                {
                  label: t('deleteConnection'),
                  danger: true,
                  disabled: connection.isMailbox,
                  onSelect: () => setRemoving(true),
                },
              ]}
            />
          </div>
        )}
      </div>
      {connection.brokenReason && <p className="mt-2 text-sm text-err">{text(connection.brokenReason)}</p>}
      {test.data && (
        <p role="status" className={test.data.ok ? 'mt-2 text-sm text-ok' : 'mt-2 text-sm text-err'}>
          {test.data.ok ? t('testOk') : test.data.sentence ? text(test.data.sentence) : t('testFailed')}
        </p>
      )}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={t('deleteConnectionQuestion', { name: connection.name })}
        description={t('deleteConnectionText')}
        action={t('deleteConnection')}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSettled: () => setRemoving(false) })}
      />
    </li>
  )
}
