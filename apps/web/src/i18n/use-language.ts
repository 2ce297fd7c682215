import { useTranslation } from 'react-i18next'
import type { Language } from './setup.ts'

/** The language the interface is in now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'ru' ? 'ru' : 'en'
}

/** A function that picks the current language's side of a `{ en, ru }` text. */
export function useText(): (text: { en: string; ru: string }) => string {
  const language = useLanguage()
  return (text) => text[language]
}
