import { kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, test } from 'vitest'
import { graphOf, starters } from '../graph/starters.ts'
import { activeSource, createEditor, naturalLanding } from './editor-store.ts'

const [starter] = starters
const editor = createEditor('journey', starter ? graphOf(starter, ({ en }) => en) : never(), true)

function never(): never {
  throw new Error('There is no starter.')
}

function sourceAt(active: string | null) {
  return activeSource({ graph: editor.getState().graph, active })
}

test('new things go behind the first open output of the active block, else behind its first', () => {
  expect(sourceAt('thanks')).toEqual({ from: 'thanks', output: 'not_sent' })
  expect(sourceAt('wait_event')).toEqual({ from: 'wait_event', output: 'happened' })
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
