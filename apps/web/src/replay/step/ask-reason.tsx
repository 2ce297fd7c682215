import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Textarea } from '../../ui/input.tsx'

interface AskReasonProps {
  title: string
  description: ReactNode
  action: string
  danger?: boolean
  busy: boolean
  error?: string | undefined
  onClose: () => void
  onAnswer: (reason: string) => void
}

/** Asks for the reason of an intervention; without one it does not go on. */
export function AskReason({
  title,
  description,
  action,
  danger,
  busy,
  error,
  onClose,
  onAnswer,
}: AskReasonProps) {
  const { t } = useTranslation('replay')
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const confirm = () => {
    const words = reason.trim()
    setMissing(words === '')
    if (words !== '') onAnswer(words)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      action={action}
      danger={danger ?? false}
      busy={busy}
      onConfirm={confirm}
    >
      <Field
        label={t('actionReason')}
        hint={t('actionReasonHint')}
        error={missing ? t('actionReasonMissing') : error}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  )
}
