import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Menu } from '../ui/menu.tsx'
import { useMemberItems } from './member-menu.tsx'
import { sections } from './sections.tsx'
import { useWorkspaceItems } from './workspace-menu.tsx'

const cell =
  'flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-xs text-ink-2 data-[status=active]:text-accent-text'

/** The places of the app on a phone: four at hand, the rest behind "More". */
export function BottomBar() {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const memberItems = useMemberItems()
  const { items: workspaceItems, dialog } = useWorkspaceItems()
  const here = useLocation({ select: ({ pathname }) => pathname })
  const behind = sections.slice(4)
  const rest = behind.map(({ to, label, icon: Icon }) => ({
    label: t(label),
    icon: <Icon size={16} aria-hidden />,
    onSelect: () => navigate({ to }),
  }))
  return (
    <nav aria-label={t('navigation')} className="flex h-14 shrink-0 border-t bg-surface md:hidden">
      {sections.slice(0, 4).map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to} className={cell}>
          <Icon size={20} aria-hidden />
          <span className="max-w-full truncate px-0.5 text-[11px]">{t(label)}</span>
        </Link>
      ))}
      <Menu
        side="top"
        items={[...rest, 'separator', ...workspaceItems, 'separator', ...memberItems]}
        trigger={
          <button
            type="button"
            className={cell}
            data-status={behind.some(({ to }) => here.startsWith(to)) ? 'active' : undefined}
          >
            <Ellipsis size={20} aria-hidden />
            <span className="text-[11px]">{t('more')}</span>
          </button>
        }
      />
      {dialog}
    </nav>
  )
}
