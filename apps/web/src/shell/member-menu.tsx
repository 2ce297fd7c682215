import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { BookOpen, LogOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { switchLanguage } from '../i18n/setup.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { authClient } from '../session/auth-client.ts'
import { useMember } from '../session/use-member.ts'
import { cx } from '../ui/cx.ts'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { showToast } from '../ui/toast.tsx'
import { chooseTheme, type Theme, useTheme } from './theme.ts'

/** Theme, language and sign-out: what a member can change anywhere. */
export function useMemberItems(): MenuItem[] {
  const { t } = useTranslation('shell')
  const language = useLanguage()
  const theme = useTheme((state) => state.theme)
  const queries = useQueryClient()
  const router = useRouter()
  const themeItem = (value: Theme, label: string): MenuItem => ({
    label,
    checked: theme === value,
    onSelect: () => chooseTheme(value),
  })
  return [
    { heading: t('language') },
    { label: 'English', checked: language === 'en', onSelect: () => void switchLanguage('en') },
    { label: 'Русский', checked: language === 'ru', onSelect: () => void switchLanguage('ru') },
    'separator',
    { heading: t('theme') },
    themeItem('system', t('themeSystem')),
    themeItem('light', t('themeLight')),
    themeItem('dark', t('themeDark')),
    'separator',
    {
      label: t('apiDocs'),
      icon: <BookOpen size={16} aria-hidden />,
      onSelect: () => window.open('/docs', '_blank'),
    },
    {
      label: t('signOut'),
      icon: <LogOut size={16} aria-hidden />,
      onSelect: async () => {
        const failed = await authClient.signOut().then(
          ({ error }) => error !== null,
          () => true,
        )
        if (failed) return showToast({ text: t('signOutFailed'), look: 'error' })
        queries.clear()
        await router.navigate({ to: '/sign-in', search: { to: '/journeys' } })
      },
    },
  ]
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/)
  return `${parts[0]?.[0] ?? '?'}${parts[1]?.[0] ?? ''}`.toUpperCase()
}

/** The signed-in member and what they can change about the interface. */
export function MemberMenu({ rail }: { rail: boolean }) {
  const { t } = useTranslation('shell')
  const member = useMember()
  const items = useMemberItems()
  return (
    <Menu
      side="top"
      align="start"
      items={items}
      trigger={
        <button
          type="button"
          aria-label={`${t('memberMenu')}: ${member.name}`}
          className={cx(
            'flex min-w-0 items-center gap-2.5 rounded-md p-1 hover:bg-line/60',
            !rail && 'flex-1',
          )}
        >
          <span className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-text">
            {initials(member.name)}
          </span>
          {!rail && (
            <span className="min-w-0 text-left">
              <span className="block truncate text-sm">{member.name}</span>
              <span className="block truncate text-xs text-ink-3">{member.email}</span>
            </span>
          )}
        </button>
      }
    />
  )
}
