import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'

interface RenameDialogProps {
  journey: { id: string; name: string }
  open: boolean
  onOpenChange: (open: boolean) => void
  onRenamed: (name: string) => void
}

/** Gives a journey another name. */
export function RenameDialog({ journey, open, onOpenChange, onRenamed }: RenameDialogProps) {
  const { t } = useTranslation('journeys')
  const { t: tu } = useTranslation('ui')
  const api = useWorkspaceApi()
  const [name, setName] = useState(journey.name)
  const rename = useMutation({
    mutationFn: () => api.patch(`/journeys/${journey.id}`, { name: name.trim() }),
    onSuccess: () => {
      onRenamed(name.trim())
      onOpenChange(false)
    },
  })
  const formId = `rename-${journey.id}`
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('rename')}
      width="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{tu('cancel')}</Button>
          <Button
            type="submit"
            form={formId}
            look="primary"
            busy={rename.isPending}
            disabled={name.trim() === ''}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          rename.mutate()
        }}
      >
        <Field label={t('name')} error={rename.error?.message}>
          {(control) => (
            <Input
              {...control}
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  )
}
