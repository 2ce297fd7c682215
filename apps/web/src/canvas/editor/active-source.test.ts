import { kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, test } from 'vitest'
import { graphOf, starters } from '../graph/starters.ts'
import { activeSource, connectSource, naturalLanding } from './active-source.ts'
import { createEditor } from './editor-store.ts'

const [starter] = starters
const editor = createEditor('journey', starter ? graphOf(starter, ({ en }) => en) : never(), true)

function never(): never {
  throw new Error('There is no starter.')
}

function sourceAt(active: string | null) {
  return activeSource({ graph: editor.getState().graph, active })
}

test('new things go behind the first open output of the active block, else behind its first', () => {
  const { graph } = editor.getState()
  const cut = { ...graph, edges: graph.edges.filter(({ output }) => output !== 'timed_out') }
  const open = activeSource({ graph: cut, active: 'wait_event' })
  expect(open).toEqual({ from: 'wait_event', output: 'timed_out' })
  expect(sourceAt('wait_event')).toEqual({ from: 'wait_event', output: 'happened' })
})

test('what follows a letter goes behind “sent”, be it open or not, and never behind “not sent”', () => {
  const { graph } = editor.getState()
  const sent = { from: 'thanks', output: 'sent' }
  expect(graph.edges).toContainEqual(expect.objectContaining(sent))
  expect(sourceAt('thanks')).toEqual(sent)
  const open = { ...graph, edges: graph.edges.filter(({ from }) => from !== 'thanks') }
  expect(activeSource({ graph: open, active: 'thanks' })).toEqual(sent)
})

test('an edge is drawn from an open output of any sort before one that leads somewhere', () => {
  const { graph } = editor.getState()
  expect(connectSource({ graph, active: 'thanks' })).toEqual({ from: 'thanks', output: 'not_sent' })
  expect(connectSource({ graph, active: 'wait_event' })).toEqual({ from: 'wait_event', output: 'happened' })
})

test('nothing goes behind an end, nor behind nothing', () => {
  expect(sourceAt('exit')).toBeNull()
  expect(sourceAt(null)).toBeNull()
})

test('a kind lands behind the active block, but an entry and what has none to follow at its point', () => {
  const at = { x: 8, y: 16 }
  const landing = (kind: string, active: string | null) =>
    naturalLanding({ ...editor.getState(), active }, kindOf(kinds, kind) ?? never(), at)
  expect(landing('wait', 'wait_event')).toEqual({ behind: { from: 'wait_event', output: 'happened' } })
  expect(landing('event_entry', 'wait_event')).toEqual({ at })
  expect(landing('wait', null)).toEqual({ at })
})
