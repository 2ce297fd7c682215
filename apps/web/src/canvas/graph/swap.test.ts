import { emptyGraph, type Graph } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, test } from 'vitest'
import { addNode, connect, insertAfter } from './edit.ts'
import { swapWithNext } from './swap.ts'

const kind = (name: string) => {
  const found = kinds.find((one) => one.kind === name)
  if (!found) throw new Error(`no kind ${name}`)
  return found
}

function line(...names: string[]): Graph {
  const [first = '', ...rest] = names
  let { graph, id } = addNode(emptyGraph, kinds, kind(first), { x: 0, y: 0 })
  for (const name of rest) {
    const node = graph.nodes.find((one) => one.id === id)
    const output = node && kind(node.kind).outputs(node.config)[0]?.id
    ;({ graph, id } = insertAfter(graph, kinds, { from: id, output: output ?? '' }, kind(name), 320))
  }
  return graph
}

const pairs = (graph: Graph | null) =>
  graph?.edges.map(({ from, output, to }) => `${from}.${output}>${to}`).sort()

test('a node moved later changes places with the next, and the line stays whole', () => {
  const graph = line('event_entry', 'wait', 'update_customer', 'exit')
  const swapped = swapWithNext(graph, kinds, 'wait')
  expect(pairs(swapped)).toEqual([
    'event_entry.next>update_customer',
    'update_customer.done>wait',
    'wait.next>exit',
  ])
  const place = (of: Graph | null, id: string) => of?.nodes.find((node) => node.id === id)?.position
  expect(place(swapped, 'wait')).toEqual(place(graph, 'update_customer'))
})

test('the last pair can change places when the next has a way on', () => {
  expect(pairs(swapWithNext(line('event_entry', 'wait', 'update_customer'), kinds, 'wait'))).toEqual([
    'event_entry.next>update_customer',
    'update_customer.done>wait',
  ])
})

test('entries stay first, ends stay last, and branches are left alone', () => {
  expect(swapWithNext(line('event_entry', 'wait'), kinds, 'event_entry')).toBeNull()
  expect(swapWithNext(line('event_entry', 'wait', 'exit'), kinds, 'wait')).toBeNull()
  const fork = line('event_entry', 'wait', 'wait_event', 'exit')
  const both = connect(fork, { from: 'wait_event', output: 'timed_out' }, 'exit')
  expect(swapWithNext(both, kinds, 'wait_event')).toBeNull()
})
