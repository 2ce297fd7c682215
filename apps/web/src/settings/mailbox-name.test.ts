import { expect, test } from 'vitest'
import { isMailboxName } from './mailbox-name.ts'

test('the built-in mailbox is known by the name it was given in either language', () => {
  expect(['Built-in mailbox', 'Встроенная почта', 'Post office'].map(isMailboxName)).toEqual([
    true,
    true,
    false,
  ])
})
