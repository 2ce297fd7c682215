import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { SettingsPage, settingsTabs } from '../../settings/settings-page.tsx'

export const Route = createFileRoute('/_app/settings')({
  validateSearch: z.object({ tab: z.enum(settingsTabs).optional().catch(undefined) }),
  component: function Settings() {
    const { tab } = Route.useSearch()
    const navigate = Route.useNavigate()
    return <SettingsPage tab={tab ?? 'members'} onTab={(next) => void navigate({ search: { tab: next } })} />
  },
})
