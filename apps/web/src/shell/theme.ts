import { create } from 'zustand'

export type Theme = 'system' | 'light' | 'dark'

const storageKey = 'tropa.theme'

function remembered(): Theme {
  const stored = localStorage.getItem(storageKey)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

function apply(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** The chosen theme, remembered in this browser; `system` follows the machine. */
export const useTheme = create<{ theme: Theme }>(() => ({ theme: remembered() }))

/** Applies the remembered theme before the first paint. */
export function setUpTheme(): void {
  apply(remembered())
}

/** Changes the theme and remembers it. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(storageKey, theme)
  apply(theme)
  useTheme.setState({ theme })
}
