import { useTranslation } from 'react-i18next'

const known = ['unsubscribe_page', 'one_click_unsubscribe'] as const

/** Where a consent came from: Tropa's own ways in words, everything else as it was written down. */
export function useSourceWords(): (source: string) => string {
  const { t } = useTranslation('customers')
  return (source) => {
    const own = known.find((one) => one === source)
    return own ? t(`via_${own}`) : source
  }
}
