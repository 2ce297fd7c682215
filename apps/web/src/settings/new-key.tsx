import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { curlExample } from './curl-example.ts'

export interface ApiKey {
  id: string
  kind: 'write' | 'secret'
  name: string
  lastFour: string
  createdAt: string
  lastUsedAt: string | null
}

function Shown({ secret, kind }: { secret: string; kind: ApiKey['kind'] }) {
  const { t } = useTranslation('settings')
  const curl = curlExample(window.location.origin, secret, kind)
  return (
    <div className="flex flex-col gap-3 text-sm" role="status">
      <p className="font-medium">{t('keyOnce')}</p>
      <p className="flex items-center gap-2 rounded-md border bg-sunken px-3 py-2">
        <code className="min-w-0 flex-1 font-mono text-xs break-all" data-key>
          {secret}
        </code>
        <CopyButton value={secret} />
      </p>
      <p>{t('keyTry')}</p>
      <div className="relative rounded-md border bg-sunken">
        <div className="absolute top-1 right-1">
          <CopyButton value={curl} />
        </div>
        <pre className="overflow-x-auto p-3 pr-10 font-mono text-xs">{curl}</pre>
      </div>
    </div>
  )
}

/** Makes a key and shows it, this once. */
export function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings')
  const { t: tUi } = useTranslation('ui')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const form = useId()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<ApiKey['kind']>('write')
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => api.post<{ key: string }>('/keys', { kind, name: name.trim() }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['list', '/keys'] }),
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('newKeyTitle')}
      footer={
        data ? (
          <Button look="primary" onClick={onClose}>
            {t('keyDone')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{tUi('cancel')}</Button>
            <Button type="submit" form={form} look="primary" busy={isPending}>
              {t('createKey')}
            </Button>
          </>
        )
      }
    >
      {data ? (
        <Shown secret={data.key} kind={kind} />
      ) : (
        <form
          id={form}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            mutate()
          }}
        >
          <Field label={t('keyName')} hint={t('keyNameHint')} error={error?.message}>
            {(control) => (
              <Input {...control} required value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <RadioCards
            label={t('keyKind')}
            value={kind}
            onChange={setKind}
            choices={(['write', 'secret'] as const).map((value) => ({
              value,
              label: t(`kind_${value}`),
              hint: t(`kindHint_${value}`),
            }))}
          />
        </form>
      )}
    </Dialog>
  )
}
