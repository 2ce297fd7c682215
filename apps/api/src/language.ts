import type { Language } from '@tropa/journey'

/** The interface language a caller prefers, from Accept-Language (RFC 9110, 12.5.4); English when in doubt. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find(Boolean)
      return { tag, quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => quality > 0 && /^(en|ru)\b/.test(tag))
    .sort((a, b) => b.quality - a.quality)
  return wanted[0]?.tag.startsWith('ru') ? 'ru' : 'en'
}
