import { type Problem, problem } from '@tropa/journey'
import { expect, test } from 'vitest'
import { groupProblems } from './problem-groups.ts'

const unseen = (nodeId: string | undefined, field: string, event = 'order'): Problem =>
  problem('event_never_seen', nodeId ? { nodeId, field } : { field }, `“${event}”`)

test('an event that never came is said once, with every block that names it', () => {
  const groups = groupProblems([
    unseen('start', 'event'),
    problem('field_missing', { nodeId: 'mail', field: 'template' }, 'x'),
    unseen('wait', 'event'),
    unseen('wait', 'filter'),
    unseen(undefined, 'settings.exitRules.0.event'),
    unseen('start', 'event', 'refund'),
  ])
  expect(groups.map(({ problem: { text }, places }) => [text.en, places.map((one) => one.nodeId)])).toEqual([
    ['No event called “order” has come in yet.', ['start', 'wait', null]],
    ['Not filled in: x.', ['mail']],
    ['No event called “refund” has come in yet.', ['start']],
  ])
})

test('two blocks that lack the same are two problems', () => {
  const lacking = (nodeId: string) =>
    problem('field_missing', { nodeId, field: 'template' }, '“Template” in “Email”')
  expect(groupProblems([lacking('a'), lacking('b')])).toHaveLength(2)
})

test('a problem of the whole journey has no place', () => {
  expect(groupProblems([problem('no_entry', {})])[0]?.places).toEqual([])
})
