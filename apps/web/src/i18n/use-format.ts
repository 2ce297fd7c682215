import { useMemo } from 'react'
import { useLanguage } from './use-language.ts'

const relativeSteps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

const tags = { en: 'en-GB', ru: 'ru-RU' } as const

/** Number, date and relative-time formatters in the interface language and the browser's time zone. */
export function useFormat() {
  const language = useLanguage()
  return useMemo(() => {
    const tag = tags[language]
    const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 })
    const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
    const date = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric' })
    const dateTime = new Intl.DateTimeFormat(tag, {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    })
    const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
    return {
      number: (value: number) => number.format(value),
      percent: (share: number) => percent.format(share),
      date: (iso: string) => date.format(new Date(iso)),
      dateTime: (iso: string) => dateTime.format(new Date(iso)),
      relative: (iso: string, now = Date.now()) => {
        const distance = new Date(iso).getTime() - now
        const step = relativeSteps.find(([, ms]) => Math.abs(distance) >= ms)
        return step ? relative.format(Math.round(distance / step[1]), step[0]) : relative.format(0, 'second')
      },
    }
  }, [language])
}
