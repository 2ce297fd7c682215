import { emptyGraph } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import Elk from 'elkjs/lib/elk.bundled.js'
import { expect, test } from 'vitest'
import { placesFrom, toElk } from './arrange.ts'
import { addNode, connect } from './edit.ts'

const kind = (name: string) => {
  const found = kinds.find((one) => one.kind === name)
  if (!found) throw new Error(`no kind ${name}`)
  return found
}

function fork(order: ['happened', 'timed_out'] | ['timed_out', 'happened']) {
  let graph = addNode(emptyGraph, kinds, kind('event_entry'), { x: 100, y: 700 }).graph
  graph = addNode(graph, kinds, kind('wait_event'), { x: 0, y: 0 }).graph
  graph = connect(graph, { from: 'event_entry', output: 'next' }, 'wait_event')
  for (const output of order) {
    const added = addNode(graph, kinds, kind(output === 'happened' ? 'goal' : 'exit'), { x: 0, y: 0 })
    graph = connect(added.graph, { from: 'wait_event', output }, added.id)
  }
  return graph
}

test.each([
  [['happened', 'timed_out'] as ['happened', 'timed_out']],
  [['timed_out', 'happened'] as ['timed_out', 'happened']],
])('branches stand in the order of their outputs, whatever was drawn first: %s', async (order) => {
  const graph = fork(order)
  const places = placesFrom(await new Elk().layout(toElk(graph, kinds, false)), graph, null)
  expect(places.goal?.y).toBeLessThan(places.exit?.y ?? 0)
  expect(places.wait_event?.x).toBeGreaterThan(places.event_entry?.x ?? 0)
})

test('the node last touched keeps its place', async () => {
  const graph = fork(['happened', 'timed_out'])
  const places = placesFrom(await new Elk().layout(toElk(graph, kinds, false)), graph, 'event_entry')
  expect(places.event_entry).toEqual({ x: graph.nodes[0]?.position.x, y: graph.nodes[0]?.position.y })
})
