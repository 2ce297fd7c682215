import { useTranslation } from 'react-i18next'

/** The ways consents come from Tropa itself, as they are written down. */
const known = {
  unsubscribe_page: 'via_unsubscribe_page',
  one_click_unsubscribe: 'via_one_click_unsubscribe',
  'added by a member': 'via_member',
} as const

/** Where a consent came from: Tropa's own ways in words, everything else as it was written down. */
export function useSourceWords(): (source: string) => string {
  const { t } = useTranslation('customers')
  return (source) => (Object.hasOwn(known, source) ? t(known[source as keyof typeof known]) : source)
}
