import { expect, test } from 'vitest'
import type { MessageView } from '../enrollment.ts'
import { tabsAt } from './step-tabs.ts'

const message = { id: 'm' } as MessageView
const steps = [
  { seq: 1, message: null },
  { seq: 2, message },
]

test('a step without a message has three tabs, one with a message five', () => {
  expect(tabsAt({ steps, pending: { message } }, 1)).toEqual(['why', 'data', 'raw'])
  expect(tabsAt({ steps, pending: null }, 2)).toEqual(['why', 'data', 'attempts', 'message', 'raw'])
})

test('where the customer stands now counts what is being sent there', () => {
  expect(tabsAt({ steps, pending: { message } }, 3)).toContain('attempts')
  expect(tabsAt({ steps, pending: { message: null } }, 3)).not.toContain('attempts')
})
