import type { Graph } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, it } from 'vitest'
import { buildReceipt } from './receipt.ts'

it.each([
  [{ mode: 'never' as const }, 'Nobody: each customer enters once, ever'],
  [{ mode: 'after_days' as const, days: 30 }, '30 days after the last entry'],
])('says in the receipt who may enter again', (reentry, words) => {
  const draft: Graph = { nodes: [], edges: [], settings: { reentry, exitRules: [] } }
  const receipt = buildReceipt({ draft, live: null, inside: 0, paused: false, templates: [] }, kinds)
  expect(receipt.reentry.en).toBe(words)
})
