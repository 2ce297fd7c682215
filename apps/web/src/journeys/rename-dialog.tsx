import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input } from '../ui/input.tsx'

interface RenameDialogProps {
  journey: { id: string; name: string }
  onClose: () => void
  onRenamed: (name: string) => void
}

/** Gives a journey another name. */
export function RenameDialog({ journey, onClose, onRenamed }: RenameDialogProps) {
  const { t } = useTranslation('journeys')
  const api = useWorkspaceApi()
  const [name, setName] = useState(journey.name)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => api.patch(`/journeys/${journey.id}`, { name: name.trim() }),
    onSuccess: () => {
      onRenamed(name.trim())
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('rename')}
      width="sm"
      action={t('save')}
      busy={isPending}
      disabled={name.trim() === ''}
      onSubmit={mutate}
      onClose={onClose}
    >
      <Field label={t('name')} error={error?.message}>
        {(control) => (
          <Input
            {...control}
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
