import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
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
  const { t: tUi } = useTranslation('ui')
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
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="sm"
      title={t('changeConsent', { channel: t('channel_email') })}
      footer={
        <>
          <Button onClick={onClose}>{tUi('cancel')}</Button>
          <Button look="primary" busy={isPending} onClick={save}>
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
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
          {(control) => (
            <Input {...control} value={topic} onChange={(event) => setTopic(event.target.value)} />
          )}
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
      </div>
    </Dialog>
  )
}
