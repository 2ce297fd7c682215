import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { ChevronsUpDown, Plus, Settings } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rememberWorkspace, useMember } from '../session/use-member.ts'
import { cx } from '../ui/cx.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { Logo } from './logo.tsx'
import { NewWorkspace } from './new-workspace.tsx'

/** The workspace at hand and one's role in it, the ways to others, and the dialog that makes one. */
export function useWorkspaceItems(): { items: MenuItem[]; dialog: ReactNode } {
  const { t } = useTranslation('shell')
  const { t: tSession } = useTranslation('session')
  const { workspaces, workspace, role } = useMember()
  const queries = useQueryClient()
  const router = useRouter()
  const [making, setMaking] = useState(false)
  const choose = async (id: string) => {
    rememberWorkspace(id)
    queries.clear()
    await router.navigate({ to: '/journeys' })
    await router.invalidate()
  }
  const others = workspaces.filter(({ id }) => id !== workspace.id)
  const items: MenuItem[] = [
    {
      heading: (
        <>
          <span className="block truncate text-sm font-medium text-ink">{workspace.name}</span>
          <span className="block">{t('yourRole', { role: tSession(`role_${role}`) })}</span>
        </>
      ),
    },
    {
      label: t('workspaceSettings'),
      icon: <Settings size={16} aria-hidden />,
      onSelect: () => void router.navigate({ to: '/settings', search: { tab: 'workspace' } }),
    },
    'separator',
    ...(others.length > 0 ? [{ heading: t('switchWorkspace') }] : []),
    ...others.map(({ id, name }) => ({ label: name, onSelect: () => void choose(id) })),
    ...(others.length > 0 ? ['separator' as const] : []),
    {
      label: `${t('newWorkspace')}…`,
      icon: <Plus size={16} aria-hidden />,
      onSelect: () => setMaking(true),
    },
  ]
  const dialog = making && <NewWorkspace onMade={(id) => void choose(id)} onClose={() => setMaking(false)} />
  return { items, dialog }
}

/** The workspace one works in, and the way to another. */
export function WorkspaceMenu({ rail }: { rail: boolean }) {
  const { t } = useTranslation('shell')
  const { workspace } = useMember()
  const { items, dialog } = useWorkspaceItems()
  return (
    <>
      <Menu
        align="start"
        items={items}
        trigger={
          <button
            type="button"
            aria-label={`${t('workspace')}: ${workspace.name}`}
            className={cx('flex items-center gap-2.5 rounded-md p-1 hover:bg-line/60', !rail && 'w-full')}
          >
            <Logo />
            {!rail && (
              <>
                <span className="min-w-0 flex-1 truncate text-left text-base font-semibold">
                  {workspace.name}
                </span>
                <ChevronsUpDown size={14} className="text-ink-3" aria-hidden />
              </>
            )}
          </button>
        }
      />
      {dialog}
    </>
  )
}
