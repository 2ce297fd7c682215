import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMember, useWorkspaceApi } from '../session/use-member.ts'
import { Field } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Input } from '../ui/input.tsx'

interface TestSendProps {
  templateId: string
  name: string
  onClose: () => void
}

/** Sends the saved template through the built-in mailbox. */
export function TestSend({ templateId, name, onClose }: TestSendProps) {
  const { t } = useTranslation('templates')
  const api = useWorkspaceApi()
  const member = useMember()
  const [to, setTo] = useState(member.email)
  const { mutate, isPending, error, isSuccess } = useMutation({
    mutationFn: () => api.post(`/templates/${templateId}/test`, { to: to.trim() }),
  })
  return (
    <FormDialog
      width="sm"
      title={t('testTitle', { name })}
      description={t('testText')}
      action={t('testSend')}
      busy={isPending}
      onSubmit={mutate}
      onClose={onClose}
      result={
        isSuccess && (
          <p role="status" className="text-sm">
            {t('testSent')}{' '}
            <Link
              to="/mailbox"
              search={{ to: to.trim() }}
              className="text-accent-text underline underline-offset-4"
            >
              {t('openMailbox')}
            </Link>
          </p>
        )
      }
    >
      <Field label={t('testTo')} error={error?.message}>
        {(control) => (
          <Input
            {...control}
            type="email"
            required
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}
