import i18next from 'i18next'
import { describe, expect, test } from 'vitest'
import { areas } from './areas.ts'

const plural = /_(one|few|many|other)$/
/** Names of formats, which are written alike in both languages. */
const sameInBoth = ['HTML', 'MJML']
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

describe.each(Object.entries(areas))('%s', (_, { en, ru }) => {
  const english: Record<string, string> = en
  const russian: Record<string, string> = ru

  test('both languages fill the same places', () => {
    for (const [key, text] of Object.entries(english)) {
      const twin = russian[key] ?? russian[key.replace(plural, '_many')]
      expect({ key, places: placeholders(twin ?? '') }).toEqual({ key, places: placeholders(text) })
    }
  })

  test('no text is empty and no Russian text is left in English', () => {
    for (const [key, text] of [...Object.entries(english), ...Object.entries(russian)]) {
      expect({ key, empty: text.trim() === '' }).toEqual({ key, empty: false })
    }
    for (const [key, text] of Object.entries(russian)) {
      const words = text.replace(/\{\{\w+\}\}/g, '').replace(/[^\p{L}]/gu, '')
      const foreign = words.length > 3 && !/\p{Script=Cyrillic}/u.test(words) && !sameInBoth.includes(text)
      expect({ key, foreign }).toEqual({ key, foreign: false })
    }
  })
})

test('Russian counts take the right form', async () => {
  const instance = i18next.createInstance()
  await instance.init({ lng: 'ru', resources: { ru: { canvas: areas.canvas.ru } }, defaultNS: 'canvas' })
  const say = (count: number) => instance.t('canvas:errors', { count })
  expect([1, 2, 5, 11, 21, 104].map(say)).toEqual([
    '1 ошибка',
    '2 ошибки',
    '5 ошибок',
    '11 ошибок',
    '21 ошибка',
    '104 ошибки',
  ])
})
