import { useTranslation } from 'react-i18next'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { AuditTab } from './audit-tab.tsx'
import { ConnectionsTab } from './connections-tab.tsx'
import { KeysTab } from './keys-tab.tsx'
import { MembersTab } from './members-tab.tsx'
import { useManages } from './use-manages.ts'
import { WorkspaceTab } from './workspace-tab.tsx'

/** The parts of the settings in tab order. */
export const settingsTabs = ['members', 'keys', 'connections', 'workspace', 'audit'] as const

export type SettingsTab = (typeof settingsTabs)[number]

const content = {
  members: <MembersTab />,
  keys: <KeysTab />,
  connections: <ConnectionsTab />,
  workspace: <WorkspaceTab />,
  audit: <AuditTab />,
} satisfies Record<SettingsTab, unknown>

/** What is set once for a whole workspace; keys and audit are for owners and admins. */
export function SettingsPage({ tab, onTab }: { tab: SettingsTab; onTab: (tab: SettingsTab) => void }) {
  const { t } = useTranslation('settings')
  const manages = useManages()
  const closed = <p className="text-sm text-ink-2">{t('forManagers')}</p>
  return (
    <Page>
      <PageHeader title={t('title')} />
      <Tabs
        value={tab}
        onChange={onTab}
        label={t('title')}
        tabs={settingsTabs.map((value) => ({
          value,
          label: t(`tab_${value}`),
          content: !manages && (value === 'keys' || value === 'audit') ? closed : content[value],
        }))}
      />
    </Page>
  )
}
