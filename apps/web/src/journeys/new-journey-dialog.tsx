import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { emptyGraph } from '@tropa/journey'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Routes } from '../api.ts'
import { graphOf, starters } from '../canvas/graph/starters.ts'
import { useText } from '../i18n/use-language.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'

const empty = 'empty'

/** Makes a journey, empty or from a starter, and opens it; stays until it is open, so that nobody is led away from elsewhere. */
export function NewJourneyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('journeys')
  const text = useText()
  const api = useWorkspaceApi()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [from, setFrom] = useState(empty)
  const starter = starters.find(({ id }) => id === from)
  const create = useMutation({
    mutationFn: () =>
      api.post<Answer<Routes['journeys']['$post']>>('/journeys', {
        name: name.trim() || (starter ? text(starter.title) : t('untitled')),
        graph: starter ? graphOf(starter, text) : emptyGraph,
      }),
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['list', '/journeys'] })
      await navigate({ to: '/journeys/$journeyId', params: { journeyId: id } })
    },
  })
  return (
    <FormDialog
      title={t('create')}
      action={t('createAction')}
      busy={create.isPending}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <Field label={t('name')} error={create.error?.message}>
        {(control) => (
          <Input
            {...control}
            maxLength={120}
            placeholder={starter ? text(starter.title) : t('untitled')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <RadioCards
        label={t('beginWith')}
        value={from}
        onChange={setFrom}
        choices={[
          { value: empty, label: t('fromEmpty'), hint: t('fromEmptyHint') },
          ...starters.map((one) => ({ value: one.id, label: text(one.title), hint: text(one.text) })),
        ]}
      />
    </FormDialog>
  )
}
