import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Routes } from '../api.ts'
import { ZoneSelect } from '../imports/zone-select.tsx'
import { sessionQuery, useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'
import { showToast } from '../ui/toast.tsx'
import { CurrencyField } from './currency-field.tsx'
import { TabHead } from './tab-head.tsx'
import { useManages } from './use-manages.ts'

type WorkspaceSettings = Answer<Routes['settings']['$get']>

function WorkspaceForm({ stored }: { stored: WorkspaceSettings }) {
  const { t } = useTranslation('settings')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const manages = useManages()
  const [draft, setDraft] = useState(stored)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.patch<WorkspaceSettings>('/settings', draft),
    onSuccess: () => {
      showToast({ text: t('saved') })
      void queries.invalidateQueries({ queryKey: ['settings'] })
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  const set = (change: Partial<WorkspaceSettings>) => setDraft({ ...draft, ...change })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    mutate()
  }
  return (
    <form className="flex max-w-md flex-col gap-4" onSubmit={submit}>
      <Field label={t('workspaceName')}>
        {(control) => (
          <Input
            {...control}
            required
            disabled={!manages}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('timeZone')} hint={t('timeZoneHint')}>
        {(control) => (
          <ZoneSelect
            {...control}
            disabled={!manages}
            value={draft.timeZone}
            onChange={(timeZone) => set({ timeZone })}
          />
        )}
      </Field>
      <CurrencyField disabled={!manages} value={draft.currency} onChange={(currency) => set({ currency })} />
      <Field label={t('language')} hint={t('languageHint')}>
        {(control) => (
          <Select
            {...control}
            className="!w-44"
            disabled={!manages}
            value={draft.language}
            onChange={(language) => set({ language })}
            choices={[
              { value: 'en', label: 'English' },
              { value: 'ru', label: 'Русский' },
            ]}
          />
        )}
      </Field>
      {error && (
        <p role="alert" className="text-sm text-err">
          {error.message}
        </p>
      )}
      {manages && (
        <Button type="submit" look="primary" busy={isPending} className="self-start">
          {t('save')}
        </Button>
      )}
    </form>
  )
}

/** The workspace's name, clock, money and language. */
export function WorkspaceTab() {
  const { t } = useTranslation('settings')
  const api = useWorkspaceApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api.get<WorkspaceSettings>('/settings', signal),
  })
  return (
    <>
      <TabHead text={t('workspaceText')} />
      {data ? (
        <WorkspaceForm stored={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </>
  )
}
