import { useMutation } from '@tanstack/react-query'
import type { Client } from '@tropa/api/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '../api.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { ZoneSelect } from '../imports/zone-select.tsx'
import { CurrencyField } from '../settings/currency-field.tsx'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input } from '../ui/input.tsx'
import { showToast } from '../ui/toast.tsx'

type Made = Answer<Client['api']['workspaces']['$post']>

interface NewWorkspaceProps {
  /** It is there; its maker owns it. */
  onMade: (id: string) => void
  onClose: () => void
}

/** A dialog that makes another workspace, with the clock of this browser and the money usual in its language. */
export function NewWorkspace({ onMade, onClose }: NewWorkspaceProps) {
  const { t } = useTranslation('shell')
  const { t: tSettings } = useTranslation('settings')
  const language = useLanguage()
  const [draft, setDraft] = useState({
    name: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: language === 'ru' ? 'RUB' : 'USD',
  })
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.post<Made>('/api/workspaces', { ...draft, name: draft.name.trim() }),
    onSuccess: ({ id, name }) => {
      showToast({ text: t('workspaceMade', { name }) })
      onClose()
      onMade(id)
    },
  })
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  return (
    <FormDialog
      width="sm"
      title={t('newWorkspace')}
      description={t('newWorkspaceText')}
      action={t('makeWorkspace')}
      busy={isPending}
      disabled={draft.name.trim() === ''}
      onSubmit={mutate}
      onClose={onClose}
    >
      <Field label={tSettings('workspaceName')} error={error?.message}>
        {(control) => (
          <Input
            {...control}
            maxLength={120}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={tSettings('timeZone')} hint={tSettings('timeZoneHint')}>
        {(control) => (
          <ZoneSelect {...control} value={draft.timeZone} onChange={(timeZone) => set({ timeZone })} />
        )}
      </Field>
      <CurrencyField value={draft.currency} onChange={(currency) => set({ currency })} />
    </FormDialog>
  )
}
