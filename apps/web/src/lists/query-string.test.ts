import { expect, it } from 'vitest'
import { withQuery } from './query-string.ts'

it('leaves out parameters that are empty or absent, and keeps zero', () => {
  expect(withQuery('/enrollments', { status: 'active', customer: '', node: undefined, limit: 0 })).toBe(
    '/enrollments?status=active&limit=0',
  )
})

it('leaves a path without parameters as it is', () => {
  expect(withQuery('/customers', { search: null })).toBe('/customers')
})

it('escapes what a search box may hold', () => {
  expect(withQuery('/mails', { search: 'a&b=в' })).toBe('/mails?search=a%26b%3D%D0%B2')
})
