import { Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/states.tsx'

/** What somebody sees who has an account but no workspace. */
export function NoWorkspace({ email }: { email: string }) {
  const { t } = useTranslation('shell')
  return (
    <main>
      <EmptyState
        icon={<Users size={24} aria-hidden />}
        title={t('noWorkspaceTitle')}
        description={t('noWorkspaceText', { email })}
      />
    </main>
  )
}
