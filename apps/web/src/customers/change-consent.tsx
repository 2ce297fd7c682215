import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input, Textarea } from '../ui/input.tsx'
import { RadioCards } from '../ui/radio-cards.tsx'
import { showToast } from '../ui/toast.tsx'
import type { Consent } from './customer.ts'

interface ChangeConsentProps {
  customerId: string
  topic: string
  state: Consent['state'] | null
  onClose: () => void
}

/** Changes one consent by hand; the reason is required, because it is the proof. */
export function ChangeConsent({
  customerId,
  topic: startTopic,
  state: present,
  onClose,
}: ChangeConsentProps) {
  const { t } = useTranslation('customers')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const [state, setState] = useState<Consent['state']>(present === 'granted' ? 'revoked' : 'granted')
  const [topic, setTopic] = useState(startTopic)
  const [source, setSource] = useState('')
  const [problem, setProblem] = useState<string>()
  const { mutate, isPending } = useMutation({
    mutationFn: () =>
      api.put(`/customers/${customerId}/consents`, {
        channel: 'email',
        topic: topic.trim(),
        state,
        source: source.trim(),
      }),
    onSuccess: () => {
      showToast({ text: t('consentSaved') })
      void queries.invalidateQueries({ queryKey: ['customer', customerId] })
      void queries.invalidateQueries({ queryKey: ['list', `/customers/${customerId}/timeline`] })
      onClose()
    },
    onError: (error) => setProblem(error.message),
  })
  const save = () => {
    const missing = source.trim() === ''
    setProblem(missing ? t('reasonMissing') : undefined)
    if (!missing) mutate()
  }
  return (
    <FormDialog
      width="sm"
      title={t('changeConsent', { channel: t('channel_email') })}
      action={t('save')}
      busy={isPending}
      onSubmit={save}
      onClose={onClose}
    >
      <RadioCards
        label={t('consentState')}
        value={state}
        onChange={setState}
        choices={[
          { value: 'granted', label: t('consentGranted'), hint: t('consentGrantedHint') },
          { value: 'revoked', label: t('consentRevoked'), hint: t('consentRevokedHint') },
        ]}
      />
      <Field label={t('consentTopic')} hint={t('consentTopicHint')} optional>
        {(control) => <Input {...control} value={topic} onChange={(event) => setTopic(event.target.value)} />}
      </Field>
      <Field label={t('reason')} hint={t('consentReasonHint')} error={problem}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={source}
            onChange={(event) => setSource(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
