import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Routes } from '../api.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { CopyLine } from '../ui/copy-line.tsx'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import type { ApiKey } from './api-key.ts'
import { curlExample } from './curl-example.ts'
import { readSites } from './sites.ts'
import { SitesField } from './sites-field.tsx'

function Shown({ secret, kind }: { secret: string; kind: ApiKey['kind'] }) {
  const { t } = useTranslation('settings')
  const curl = curlExample(window.location.origin, secret, kind)
  return (
    <div className="flex flex-col gap-3 text-sm" role="status">
      <p className="font-medium">{t('keyOnce')}</p>
      <CopyLine value={secret} />
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
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<ApiKey['kind']>('write')
  const [text, setText] = useState('')
  const read = kind === 'write' ? readSites(text) : { sites: [] }
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: (origins: string[]) =>
      api.post<Answer<Routes['keys']['$post']>>('/keys', { kind, name: name.trim(), origins }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['list', '/keys'] }),
  })
  return (
    <FormDialog
      title={t('newKeyTitle')}
      action={t('createKey')}
      busy={isPending}
      onSubmit={() => 'sites' in read && mutate(read.sites)}
      onClose={onClose}
      result={data && <Shown secret={data.key} kind={kind} />}
      closing={t('keyDone')}
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
      {kind === 'write' && <SitesField value={text} onChange={setText} />}
    </FormDialog>
  )
}
