import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { showToast } from './toast.tsx'

/** Puts a value on the clipboard and shows a tick for a moment. */
export function CopyButton({ value, label }: { value: string; label?: string }) {
  const { t } = useTranslation('ui')
  const [done, setDone] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setDone(true)
      setTimeout(() => setDone(false), 1500)
    } catch {
      showToast({ text: t('copyFailed'), look: 'error' })
    }
  }
  return (
    <IconButton
      size="sm"
      label={done ? t('copied') : (label ?? t('copy'))}
      icon={done ? <Check size={14} className="text-ok" aria-hidden /> : <Copy size={14} aria-hidden />}
      onClick={copy}
    />
  )
}
