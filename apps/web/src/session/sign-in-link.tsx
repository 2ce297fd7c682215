import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** The way to sign in from a door that leads nowhere any more. */
export function SignInLink() {
  const { t } = useTranslation('session')
  return (
    <Link
      to="/sign-in"
      search={{ to: '/journeys' }}
      className="font-medium text-accent-text underline underline-offset-4"
    >
      {t('signIn')}
    </Link>
  )
}
