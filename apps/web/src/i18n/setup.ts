import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Areas, areas } from './areas.ts'

export type Language = 'en' | 'ru'

type Resources = { [A in keyof Areas]: Areas[A]['en'] }

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: Resources
  }
}

const storageKey = 'tropa.language'

function startLanguage(): Language {
  const remembered = localStorage.getItem(storageKey)
  if (remembered === 'en' || remembered === 'ru') return remembered
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('ru')) ? 'ru' : 'en'
}

function bundle(language: Language) {
  return Object.fromEntries(Object.entries(areas).map(([area, texts]) => [area, texts[language]]))
}

/** Prepares i18next with every area in both languages; the language is the remembered one or the browser's. */
export async function setUpLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: startLanguage(),
    fallbackLng: 'en',
    defaultNS: 'shell',
    ns: Object.keys(areas),
    resources: { en: bundle('en'), ru: bundle('ru') },
    interpolation: { escapeValue: false },
  })
  document.documentElement.lang = i18next.language
}

/** Switches the interface language and remembers the choice in this browser. */
export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}
