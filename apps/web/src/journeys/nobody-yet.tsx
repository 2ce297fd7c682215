import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** On a live journey nobody has entered yet: what comes next, for as long as that is so. */
export function NobodyYet() {
  const { t } = useTranslation('journeys')
  return (
    <p
      data-nobody-yet
      className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-b bg-surface px-4 py-1.5 text-xs text-ink-2"
    >
      <span>{t('nobodyYet')}</span>
      <Link to="/imports" className="font-medium text-accent-text underline underline-offset-2">
        {t('bringEvents')}
      </Link>
    </p>
  )
}
