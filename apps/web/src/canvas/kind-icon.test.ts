import { kinds } from '@tropa/nodes'
import { expect, test } from 'vitest'
import { hasIcon } from './kind-icon.tsx'

test.each(kinds.map(({ kind, icon }) => [kind, icon]))('the icon of %s, %s, can be drawn', (_, icon) => {
  expect(hasIcon(icon)).toBe(true)
})
