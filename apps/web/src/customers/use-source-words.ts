import { useTranslation } from 'react-i18next'

/** The ways consents come from Tropa itself, as they are written down. */
const known = {
  unsubscribe_page: 'via_unsubscribe_page',
  one_click_unsubscribe: 'via_one_click_unsubscribe',
  'added by a member': 'via_member',
  import_undone: 'via_import_undone',
} as const

const demoImport = /^(?:demo import of|демо-импорт) (.+): (?:made up|выдумано)$/

/** The file of a demo import that made a consent up, in whichever language that was written down; null for all others. */
export function demoFileOf(source: string): string | null {
  return demoImport.exec(source)?.[1] ?? null
}

/** Where a consent came from: Tropa's own ways in words, everything else as it was written down. */
export function useSourceWords(): (source: string) => string {
  const { t } = useTranslation('customers')
  const { t: tImports } = useTranslation('imports')
  return (source) => {
    const file = demoFileOf(source)
    if (file !== null) return tImports('consentDefault', { file })
    return Object.hasOwn(known, source) ? t(known[source as keyof typeof known]) : source
  }
}
