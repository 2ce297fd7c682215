import { useContext, useMemo } from 'react'
import type { Language } from './setup.ts'
import { TimeZone } from './time-zone.ts'
import { useLanguage } from './use-language.ts'

const relativeSteps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
]

/** The tag by which numbers and dates are written in each language. */
export const localeOf = { en: 'en-GB', ru: 'ru-RU' } as const satisfies Record<Language, string>
const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
const clock = { hour: '2-digit', minute: '2-digit' } as const
const day = { day: 'numeric', month: 'short', year: 'numeric' } as const

/** Formatters of numbers, sizes, instants and distances in time; `timeZone` left out means the browser's own. */
export function formatters(language: Language, timeZone: string | undefined) {
  const tag = localeOf[language]
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 })
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
  const instant = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, timeZone ? { ...options, timeZone } : options)
    return (iso: string) => format.format(new Date(iso))
  }
  const yearOf = instant({ year: 'numeric' })
  const shortDay = instant({ day: 'numeric', month: 'short', ...clock })
  const longDay = instant({ ...day, ...clock })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  return {
    number: (value: number) => number.format(value),
    percent: (share: number) => percent.format(share),
    /** A size in the largest unit of which there is at least one: “223 kB”, «3,9 кБ». */
    bytes: (bytes: number) => {
      const step = Math.max(0, Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
      const value = bytes / 1000 ** step
      return new Intl.NumberFormat(tag, {
        style: 'unit',
        unit: sizes[step] ?? 'byte',
        unitDisplay: step === 0 ? 'long' : 'short',
        maximumFractionDigits: value < 10 ? 1 : 0,
      }).format(value)
    },
    date: instant(day),
    longDate: instant({ ...day, month: 'long' }),
    dateTime: longDay,
    /** A day and time in a list; the year stands there when it is not this one. */
    dayTime: (iso: string, now = Date.now()) =>
      yearOf(iso) === yearOf(new Date(now).toISOString()) ? shortDay(iso) : longDay(iso),
    time: instant(clock),
    relative: (iso: string, now = Date.now()) => {
      const distance = new Date(iso).getTime() - now
      const step = relativeSteps.find(([, ms]) => Math.abs(distance) >= ms)
      return step ? relative.format(Math.round(distance / step[1]), step[0]) : relative.format(0, 'second')
    },
  }
}

/** The formatters of the interface language and of the zone instants are shown in here. */
export function useFormat() {
  const language = useLanguage()
  const timeZone = useContext(TimeZone)
  return useMemo(() => formatters(language, timeZone), [language, timeZone])
}
