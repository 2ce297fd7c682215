import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Routes } from '../api.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input } from '../ui/input.tsx'
import { showToast } from '../ui/toast.tsx'

const blank = { firstName: '', email: '', externalId: '', consent: false }

/** A dialog that makes one customer by hand: the quickest way to test a journey on oneself. */
export function AddCustomer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('customers')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(blank)
  const [problem, setProblem] = useState<string>()
  const { mutate, isPending } = useMutation({
    mutationFn: () =>
      api.post<Answer<Routes['customers']['$post']>>('/customers', {
        identifiers: [
          ...(draft.email ? [{ type: 'email', value: draft.email.trim() }] : []),
          ...(draft.externalId ? [{ type: 'external_id', value: draft.externalId.trim() }] : []),
        ],
        attributes: draft.firstName ? { first_name: draft.firstName.trim() } : {},
        consents: draft.consent
          ? [{ channel: 'email', topic: '', state: 'granted', source: 'added by a member' }]
          : [],
      }),
    onSuccess: ({ id }) => {
      showToast({ text: t('added', { name: draft.firstName || draft.email || draft.externalId }) })
      onClose()
      void queries.invalidateQueries({ queryKey: ['list', '/customers'] })
      void navigate({ to: '/customers/$customerId', params: { customerId: id } })
    },
    onError: (error) => setProblem(error.message),
  })
  const submit = () => {
    const known = draft.email.trim() || draft.externalId.trim()
    setProblem(known ? undefined : t('addNeedsId'))
    if (known) mutate()
  }
  const set = (change: Partial<typeof blank>) => setDraft({ ...draft, ...change })
  return (
    <FormDialog
      width="sm"
      title={t('addTitle')}
      description={t('addText')}
      action={t('add')}
      busy={isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('email')} error={problem}>
        {(control) => (
          <Input
            {...control}
            type="email"
            value={draft.email}
            onChange={(event) => set({ email: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('externalId')} optional>
        {(control) => (
          <Input
            {...control}
            value={draft.externalId}
            onChange={(event) => set({ externalId: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('firstName')} optional>
        {(control) => (
          <Input
            {...control}
            value={draft.firstName}
            onChange={(event) => set({ firstName: event.target.value })}
          />
        )}
      </Field>
      <Checkbox
        checked={draft.consent}
        onChange={(consent) => set({ consent })}
        label={t('addConsent')}
        hint={t('addConsentHint')}
      />
    </FormDialog>
  )
}
