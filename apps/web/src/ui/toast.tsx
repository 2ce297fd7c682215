import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { Button, IconButton } from './button.tsx'

export interface ToastMessage {
  text: string
  look?: 'ok' | 'error' | 'info'
  /** Offers to take the action back for as long as the toast stands. */
  onUndo?: () => void
  /** Offers what to do next. */
  next?: { label: string; onPress: () => void }
}

interface Shown extends ToastMessage {
  id: number
}

const useToasts = create<{ shown: Shown[] }>(() => ({ shown: [] }))
let lastId = 0

function drop(id: number) {
  useToasts.setState(({ shown }) => ({ shown: shown.filter((toast) => toast.id !== id) }))
}

/** Shows a toast: 8 s, errors 15 s; at most three stand at once. */
export function showToast(message: ToastMessage): void {
  lastId += 1
  const id = lastId
  useToasts.setState(({ shown }) => ({ shown: [...shown.slice(-2), { ...message, id }] }))
}

const icons = {
  ok: <CircleCheck size={18} className="mt-px shrink-0 text-ok" aria-hidden />,
  error: <CircleAlert size={18} className="mt-px shrink-0 text-err" aria-hidden />,
  info: <Info size={18} className="mt-px shrink-0 text-info" aria-hidden />,
}

/** The corner where toasts appear; one in the whole app. */
export function Toaster() {
  const shown = useToasts((state) => state.shown)
  const { t } = useTranslation('ui')
  return (
    <Radix.Provider swipeDirection="right" label={t('notifications')}>
      {shown.map((toast) => (
        <Radix.Root
          key={toast.id}
          duration={toast.look === 'error' ? 15_000 : 8000}
          type={toast.look === 'error' ? 'foreground' : 'background'}
          onOpenChange={(open) => {
            if (!open) drop(toast.id)
          }}
          className="flex animate-in items-start gap-3 rounded-lg border bg-surface py-2.5 pr-2 pl-3 shadow-lg"
        >
          {icons[toast.look ?? 'ok']}
          <Radix.Description className="min-w-0 flex-1 py-px text-sm break-words">
            {toast.text}
          </Radix.Description>
          {toast.onUndo && (
            <Radix.Action asChild altText={t('undo')}>
              <Button size="sm" look="ghost" className="-my-1 text-accent-text" onClick={toast.onUndo}>
                {t('undo')}
              </Button>
            </Radix.Action>
          )}
          {toast.next && (
            <Radix.Action asChild altText={toast.next.label}>
              <Button size="sm" look="ghost" className="-my-1 text-accent-text" onClick={toast.next.onPress}>
                {toast.next.label}
              </Button>
            </Radix.Action>
          )}
          <Radix.Close asChild>
            <IconButton size="sm" className="-my-1" label={t('dismiss')} icon={<X size={14} aria-hidden />} />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport
        label={`${t('notifications')} ({hotkey})`}
        className="fixed bottom-4 left-1/2 z-50 flex -translate-x-1/2 w-[min(26rem,calc(100vw-2rem))] flex-col gap-2 outline-none max-md:bottom-18"
      />
    </Radix.Provider>
  )
}
