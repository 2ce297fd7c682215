import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMember, useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'

interface TestSendProps {
  templateId: string
  name: string
  onClose: () => void
}

/** Sends the saved template through the built-in mailbox. */
export function TestSend({ templateId, name, onClose }: TestSendProps) {
  const { t } = useTranslation('templates')
  const { t: tUi } = useTranslation('ui')
  const api = useWorkspaceApi()
  const member = useMember()
  const form = useId()
  const [to, setTo] = useState(member.email)
  const { mutate, isPending, error, isSuccess } = useMutation({
    mutationFn: () => api.post(`/templates/${templateId}/test`, { to: to.trim() }),
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="sm"
      title={t('testTitle', { name })}
      description={t('testText')}
      footer={
        <>
          <Button onClick={onClose}>{tUi(isSuccess ? 'close' : 'cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={isPending}>
            {t('testSend')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          mutate()
        }}
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
        {isSuccess && (
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
        )}
      </form>
    </Dialog>
  )
}
