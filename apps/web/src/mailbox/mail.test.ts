import { expect, it } from 'vitest'
import { unsubscribeOf } from './mail.ts'

it('finds the web address among the ways to unsubscribe', () => {
  const headers = [
    { name: 'List-Unsubscribe', value: '<mailto:bye@shop.example>, <https://shop.example/u/abc>' },
    { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
  ]
  expect(unsubscribeOf(headers)).toEqual({ url: 'https://shop.example/u/abc', oneClick: true })
})

it('says that one press is not enough without the second header', () => {
  expect(unsubscribeOf([{ name: 'list-unsubscribe', value: '<http://a.example/u/1>' }])?.oneClick).toBe(false)
})

it('offers nothing that is not a web address', () => {
  expect(unsubscribeOf([{ name: 'List-Unsubscribe', value: '<javascript:alert(1)>' }])).toBeNull()
  expect(unsubscribeOf([])).toBeNull()
})
