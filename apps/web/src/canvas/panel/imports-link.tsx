import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** The way to where events are brought in, for what says that there are none yet. */
export function ImportsLink({ onFollow }: { onFollow?: (() => void) | undefined }) {
  const { t } = useTranslation('canvas')
  return (
    <Link
      to="/imports"
      className="flex min-h-6 items-center font-medium text-accent-text underline underline-offset-2"
      onClick={onFollow}
    >
      {t('toImports')}
    </Link>
  )
}
