import { Link } from '@tanstack/react-router'
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { MemberMenu } from './member-menu.tsx'
import { sections } from './sections.tsx'
import { WorkspaceMenu } from './workspace-menu.tsx'

const storageKey = 'tropa.sidebar'

/** The left column of places; folds to a rail of icons. */
export function Sidebar({ forceRail }: { forceRail: boolean }) {
  const { t } = useTranslation('shell')
  const [folded, setFolded] = useState(() => localStorage.getItem(storageKey) === 'rail')
  const rail = forceRail || folded
  const toggle = () => {
    localStorage.setItem(storageKey, folded ? 'wide' : 'rail')
    setFolded(!folded)
  }
  return (
    <aside
      className={cx(
        'hidden shrink-0 flex-col gap-1 border-r bg-sunken px-2 py-3 md:flex',
        rail ? 'w-14 items-center' : 'w-58',
      )}
    >
      <WorkspaceMenu rail={rail} />
      <nav aria-label={t('navigation')} className="mt-3 flex flex-col gap-0.5 self-stretch">
        {sections.map(({ to, label, icon: Icon }) => {
          const link = (
            <Link
              key={to}
              to={to}
              aria-label={t(label)}
              className={cx(
                'flex h-8 items-center gap-2.5 rounded-md text-sm text-ink-2 hover:bg-line/60 hover:text-ink',
                'data-[status=active]:bg-surface data-[status=active]:font-medium data-[status=active]:text-ink data-[status=active]:shadow-sm',
                rail ? 'justify-center' : 'px-2.5',
              )}
            >
              <Icon size={16} className="shrink-0" aria-hidden />
              {!rail && t(label)}
            </Link>
          )
          return rail ? (
            <Tooltip key={to} text={t(label)} side="right">
              {link}
            </Tooltip>
          ) : (
            link
          )
        })}
      </nav>
      <div className={cx('mt-auto flex gap-1', rail ? 'flex-col items-center' : 'items-center')}>
        <MemberMenu rail={rail} />
        {!forceRail && (
          <IconButton
            label={rail ? t('expand') : t('collapse')}
            side="right"
            icon={rail ? <PanelLeftOpen size={16} aria-hidden /> : <PanelLeftClose size={16} aria-hidden />}
            onClick={toggle}
          />
        )}
      </div>
    </aside>
  )
}
