import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './button.tsx'
import { cx } from './cx.ts'

const widths = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl' }

const focusable = 'input:not([disabled]), textarea, select, button:not([disabled]), [href], [tabindex="0"]'

/** Starts in the first control of the content, else on the dialog itself: never on the close button and its tooltip. */
function focusFirst(event: Event) {
  event.preventDefault()
  const dialog = event.currentTarget as HTMLElement
  const first = dialog.querySelector<HTMLElement>(`[data-dialog-body] :is(${focusable})`)
  ;(first ?? dialog).focus()
}

/** Gives the focus back without the tooltip that focus usually brings: it would cover what stands beside. */
function giveBack(opener: Element | null) {
  if (!(opener instanceof HTMLElement)) return
  opener.dataset.quiet = ''
  opener.focus()
  delete opener.dataset.quiet
}

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  footer?: ReactNode
  width?: keyof typeof widths
  /** Stays until what it runs has answered: no way out closes it. */
  busy?: boolean
}

/** A modal with a title, scrolling content and actions at the foot. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = 'md',
  busy = false,
}: DialogProps) {
  const { t } = useTranslation('ui')
  const opener = useRef<Element>(null)
  return (
    <Radix.Root open={open} onOpenChange={(next) => (next || !busy) && onOpenChange(next)}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 animate-in bg-black/40" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          aria-busy={busy || undefined}
          onOpenAutoFocus={(event) => {
            opener.current = document.activeElement
            focusFirst(event)
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            // What the dialog led to may have taken the focus already.
            if ((document.activeElement ?? document.body) === document.body) giveBack(opener.current)
          }}
          className={cx(
            'fixed inset-x-3 top-1/2 z-30 mx-auto flex max-h-[min(44rem,92dvh)] -translate-y-1/2 animate-in flex-col rounded-xl border bg-surface shadow-lg outline-none',
            widths[width],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-5 pb-2">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold text-pretty">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-1 text-sm text-ink-2">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild disabled={busy}>
              <IconButton label={t('close')} size="sm" icon={<X size={16} aria-hidden />} />
            </Radix.Close>
          </header>
          <div data-dialog-body className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** A question that names the object. */
  title: string
  /** What will happen, and what will not. */
  description: ReactNode
  /** The verb, never 'OK'. */
  action: string
  /** The verb of leaving it, where “Cancel” could be taken for the action. */
  cancel?: string
  danger?: boolean
  busy?: boolean
  onConfirm: () => void
  children?: ReactNode
}

/** Asks before something that cannot be undone with one press. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, description, action, cancel, danger, busy, onConfirm, children } = props
  const { t } = useTranslation('ui')
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      width="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{cancel ?? t('cancel')}</Button>
          <Button look={danger ? 'danger' : 'primary'} busy={busy ?? false} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
