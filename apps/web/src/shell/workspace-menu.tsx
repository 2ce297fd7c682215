import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { ChevronsUpDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { rememberWorkspace, useMember } from '../session/use-member.ts'
import { cx } from '../ui/cx.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { Logo } from './logo.tsx'

/** The member's workspaces, the one at hand ticked. */
export function useWorkspaceItems(): MenuItem[] {
  const { t } = useTranslation('shell')
  const { workspaces, workspace } = useMember()
  const queries = useQueryClient()
  const router = useRouter()
  const choose = async (id: string) => {
    rememberWorkspace(id)
    queries.clear()
    await router.navigate({ to: '/journeys' })
    await router.invalidate()
  }
  return [
    { heading: t('switchWorkspace') },
    ...workspaces.map(({ id, name }) => ({
      label: name,
      checked: id === workspace.id,
      onSelect: () => void choose(id),
    })),
  ]
}

/** The workspace one works in, and the way to another. */
export function WorkspaceMenu({ rail }: { rail: boolean }) {
  const { t } = useTranslation('shell')
  const { workspace } = useMember()
  const items = useWorkspaceItems()
  return (
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
  )
}
