import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface FormDialogProps {
  title: ReactNode
  description?: ReactNode
  width?: 'sm' | 'md' | 'lg'
  /** The verb of the button that sends the form. */
  action: string
  /** The form is on its way: the dialog stays, so that what comes back is read. */
  busy: boolean
  disabled?: boolean
  onSubmit: () => void
  onClose: () => void
  /** What stands in the form's place once it has been sent and its result is there to read. */
  result?: ReactNode
  /** The button under the result. */
  closing?: string
  children: ReactNode
}

/** A form in a modal: Enter sends it, and where its result must be read, the result takes its place. */
export function FormDialog(props: FormDialogProps) {
  const {
    title,
    description,
    width = 'md',
    action,
    busy,
    disabled,
    onSubmit,
    onClose,
    result,
    closing,
  } = props
  const { t } = useTranslation('ui')
  const form = useId()
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width={width}
      busy={busy}
      title={title}
      description={result ? undefined : description}
      footer={
        result ? (
          <Button look="primary" onClick={onClose}>
            {closing ?? t('close')}
          </Button>
        ) : (
          <>
            <Button disabled={busy} onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" form={form} look="primary" busy={busy} disabled={disabled}>
              {action}
            </Button>
          </>
        )
      }
    >
      {result || (
        <form
          id={form}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            onSubmit()
          }}
        >
          {props.children}
        </form>
      )}
    </Dialog>
  )
}
