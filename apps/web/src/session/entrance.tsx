import { CircleAlert } from 'lucide-react'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { switchLanguage } from '../i18n/setup.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { Logo } from '../shell/logo.tsx'
import { Button } from '../ui/button.tsx'

interface EntranceProps {
  title: string
  text?: ReactNode
  error?: string | undefined
  children?: ReactNode
  onSubmit?: () => void
}

/** The frame of pages before sign-in: mark and name, title, a form, and the language switch. */
export function Entrance({ title, text, error, children, onSubmit }: EntranceProps) {
  const { t } = useTranslation('session')
  const language = useLanguage()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit?.()
  }
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center bg-sunken p-4">
      <div className="w-full max-w-sm rounded-xl border bg-surface p-6 shadow-sm sm:p-8">
        <div className="flex items-center gap-2.5">
          <Logo size={36} />
          <span className="text-base font-semibold">{t('product')}</span>
        </div>
        <h1 className="mt-5 text-xl font-semibold text-balance">{title}</h1>
        {text && <p className="mt-1 text-sm text-ink-2">{text}</p>}
        <form onSubmit={submit} className="mt-6 flex flex-col gap-4" noValidate>
          {children}
          {error && (
            <p
              role="alert"
              className="flex items-start gap-2 rounded-md bg-err-soft px-3 py-2 text-sm text-err"
            >
              <CircleAlert size={16} className="mt-0.5 shrink-0" aria-hidden />
              {error}
            </p>
          )}
        </form>
      </div>
      <Button
        look="ghost"
        className="mt-4"
        onClick={() => void switchLanguage(language === 'en' ? 'ru' : 'en')}
      >
        {language === 'en' ? 'Русский' : 'English'}
      </Button>
    </main>
  )
}
