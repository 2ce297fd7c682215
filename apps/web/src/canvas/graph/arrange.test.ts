import { emptyGraph, type Graph } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import Elk from 'elkjs/lib/elk.bundled.js'
import { expect, test } from 'vitest'
import { card, cardSize, outputTop } from '../card-size.ts'
import { placesFrom, toElk } from './arrange.ts'
import { addNode, connect, moveNodes } from './edit.ts'
import { hides } from './route.ts'
import { waysAround } from './ways.ts'

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
  const places = placesFrom(await new Elk().layout(toElk(graph, kinds)), graph, null)
  expect(places.goal?.y).toBeLessThan(places.exit?.y ?? 0)
  expect(places.wait_event?.x).toBeGreaterThan(places.event_entry?.x ?? 0)
})

test('a tidy draft stays tidy once its cards grow a row of live numbers', async () => {
  const graph = fork(['happened', 'timed_out'])
  const places = placesFrom(await new Elk().layout(toElk(graph, kinds)), graph, null)
  const upper = graph.nodes.find(({ id }) => id === 'goal')
  if (!upper || !places.goal || !places.exit) throw new Error('The fork has lost a branch.')
  const foot = places.goal.y + cardSize(upper, kind('goal'), true).height
  expect(places.exit.y - foot).toBeGreaterThanOrEqual(40)
})

test('the node last touched keeps its place', async () => {
  const graph = fork(['happened', 'timed_out'])
  const places = placesFrom(await new Elk().layout(toElk(graph, kinds)), graph, 'event_entry')
  expect(places.event_entry).toEqual({ x: graph.nodes[0]?.position.x, y: graph.nodes[0]?.position.y })
})

/** A graph of a size whose outputs lead anywhere, the same for the same seed. */
function tangle(seed: number): Graph {
  let state = seed
  const below = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % most
  }
  let graph = addNode(emptyGraph, kinds, kind('event_entry'), { x: 0, y: 0 }).graph
  const sorts = ['wait', 'wait_event', 'send_email', 'condition']
  for (let at = 0; at < 12; at += 1) {
    graph = addNode(graph, kinds, kind(sorts[below(sorts.length)] ?? 'wait'), { x: 0, y: 0 }).graph
  }
  graph.nodes.forEach((node) => {
    for (const output of kind(node.kind).outputs(node.config)) {
      const target = graph.nodes[1 + below(graph.nodes.length - 1)]
      if (target && target.id !== node.id)
        graph = connect(graph, { from: node.id, output: output.id }, target.id)
    }
  })
  return graph
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('no edge of a tidied tangle hides behind a card, %s', async (seed) => {
  const drawn = tangle(seed)
  const places = placesFrom(await new Elk().layout(toElk(drawn, kinds)), drawn, null)
  const { nodes, edges } = moveNodes(drawn, places)
  const ways = waysAround(nodes, edges, kinds, true)
  const boxes = nodes.map((node) => ({
    id: node.id,
    ...node.position,
    ...cardSize(node, kind(node.kind), true),
  }))
  const hidden = edges.filter(({ id, from, output, to }) => {
    const [start, end] = [from, to].map((one) => boxes.find((box) => box.id === one))
    const origin = nodes.find((node) => node.id === from)
    const outputs = origin ? kind(origin.kind).outputs(origin.config) : []
    if (!start || !end || ways.has(id)) return false
    const row = outputs.findIndex((one) => one.id === output)
    const leaving = { x: start.x + start.width, y: start.y + outputTop(row, outputs.length) }
    return hides(leaving, { x: end.x, y: end.y + card.body / 2 }, boxes)
  })
  expect(hidden.map(({ id }) => id)).toEqual([])
})
