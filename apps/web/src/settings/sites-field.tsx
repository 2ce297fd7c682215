import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Textarea } from '../ui/input.tsx'
import { showToast } from '../ui/toast.tsx'
import type { ApiKey } from './api-key.ts'
import { readSites } from './sites.ts'

/** Which sites may send with a write key, one a line; empty for any. `refused` is what the server said. */
export function SitesField(props: { value: string; onChange: (text: string) => void; refused?: string }) {
  const { t } = useTranslation('settings')
  const read = readSites(props.value)
  const [left, setLeft] = useState(false)
  const wrong = left && 'wrong' in read ? t('sitesWrong', { site: read.wrong }) : props.refused
  return (
    <Field label={t('sites')} hint={t('sitesHint')} error={wrong} optional>
      {(control) => (
        <Textarea
          {...control}
          inputMode="url"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="https://shop.example.com"
          className="font-mono text-xs"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          onFocus={() => setLeft(false)}
          onBlur={() => setLeft(true)}
        />
      )}
    </Field>
  )
}

/** Changes the sites of a key that is in use; the key stays the same. */
export function KeySites({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const [text, setText] = useState(apiKey.origins.join('\n'))
  const read = readSites(text)
  const save = useMutation({
    mutationFn: (origins: string[]) => api.patch(`/keys/${apiKey.id}`, { origins }),
    onSuccess: () => {
      showToast({ text: t('sitesSaved') })
      void queries.invalidateQueries({ queryKey: ['list', '/keys'] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('sitesOf', { name: apiKey.name })}
      action={t('save')}
      busy={save.isPending}
      onSubmit={() => 'sites' in read && save.mutate(read.sites)}
      onClose={onClose}
    >
      <SitesField value={text} onChange={setText} {...(save.error ? { refused: save.error.message } : {})} />
    </FormDialog>
  )
}
