import { expect, it } from 'vitest'
import { readSites } from './sites.ts'

it('reads the sites of a text, one a line, with or without what browsers put around a name', () => {
  const text = ' shop.example.com\n\nhttps://shop.example.com/cart?a=1\nhttp://localhost:3000, пример.рф'
  expect(readSites(text)).toEqual({
    sites: ['https://shop.example.com', 'http://localhost:3000', 'https://xn--e1afmkfd.xn--p1ai'],
  })
  expect(readSites(' \n ')).toEqual({ sites: [] })
})

it.each(['shop', 'ftp://shop.example.com', 'https://*.example.com', 'https://'])(
  'says that “%s” is no site',
  (wrong) => {
    expect(readSites(`shop.example.com\n${wrong}`)).toEqual({ wrong })
  },
)
