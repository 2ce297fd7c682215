import { emptyGraph, type Graph, hashOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { describe, expect, test } from 'vitest'
import {
  addNode,
  canConnect,
  configureNode,
  connect,
  copyNodes,
  cutOut,
  freeShift,
  insertAfter,
  moveNodes,
  renameNode,
} from './edit.ts'
import { record, redo, startHistory, undo } from './history.ts'
import { needsChoice, removeNode } from './remove.ts'
import { neighbour, readingOrder } from './walk.ts'

const kind = (name: string) => {
  const found = kinds.find((one) => one.kind === name)
  if (!found) throw new Error(`no kind ${name}`)
  return found
}

function chain(...names: string[]): Graph {
  let graph = emptyGraph
  let last: string | undefined
  for (const name of names) {
    const added = addNode(graph, kinds, kind(name), { x: graph.nodes.length * 320, y: 0 })
    const from = graph.nodes.find(({ id }) => id === last)
    const output = from && kind(from.kind).outputs(from.config)[0]
    graph = output && last ? connect(added.graph, { from: last, output: output.id }, added.id) : added.graph
    last = added.id
  }
  return graph
}

const pairs = (graph: Graph) => graph.edges.map(({ from, output, to }) => `${from}.${output}>${to}`).sort()

describe('deleting a node keeps the flow', () => {
  test('a→b→c without b is a→c', () => {
    expect(pairs(removeNode(chain('event_entry', 'wait', 'exit'), 'wait'))).toEqual(['event_entry.next>exit'])
  })

  test('a node with several ways on asks which to keep, and keeps the one chosen', () => {
    let graph = chain('event_entry', 'wait_event', 'exit')
    const goal = addNode(graph, kinds, kind('goal'), { x: 640, y: 200 })
    graph = connect(goal.graph, { from: 'wait_event', output: 'timed_out' }, goal.id)
    expect(needsChoice(graph, 'wait_event')).toBe(true)
    expect(pairs(removeNode(graph, 'wait_event', 'timed_out'))).toEqual(['event_entry.next>goal'])
    expect(pairs(removeNode(graph, 'wait_event', null))).toEqual([])
  })

  test('two outputs that lead to the same node need no question', () => {
    const graph = connect(
      chain('event_entry', 'wait_event', 'exit'),
      { from: 'wait_event', output: 'timed_out' },
      'exit',
    )
    expect(needsChoice(graph, 'wait_event')).toBe(false)
    expect(pairs(removeNode(graph, 'wait_event'))).toEqual(['event_entry.next>exit'])
  })

  test('a loop of two never becomes an edge to itself', () => {
    const graph = connect(chain('event_entry', 'wait', 'wait'), { from: 'wait_2', output: 'next' }, 'wait')
    expect(pairs(removeNode(graph, 'wait_2'))).toEqual(['event_entry.next>wait'])
  })
})

describe('inserting', () => {
  test('where there is room between two blocks moves neither, and where there is some, only by what is missing', () => {
    const between = (distance: number) => {
      const graph = moveNodes(chain('event_entry', 'exit'), { exit: { x: distance, y: 0 } })
      const source = { from: 'event_entry', output: 'next' }
      const { graph: inserted } = insertAfter(graph, kinds, source, kind('wait'), 320)
      return Object.fromEntries(inserted.nodes.map(({ id, position }) => [id, position.x]))
    }
    expect(between(800)).toEqual({ event_entry: 0, wait: 480, exit: 800 })
    expect(between(400)).toEqual({ event_entry: 0, wait: 320, exit: 640 })
  })

  test('on an edge, the new node stands between and what follows moves aside', () => {
    const graph = chain('event_entry', 'exit')
    const inserted = insertAfter(
      graph,
      kinds,
      { from: 'event_entry', output: 'next' },
      kind('wait_event'),
      320,
    )
    expect(pairs(inserted.graph)).toEqual(['event_entry.next>wait_event', 'wait_event.happened>exit'])
    const exit = inserted.graph.nodes.find(({ id }) => id === 'exit')
    expect(exit?.position.x).toBe(640)
  })

  test('behind an open output, the new node is connected and stands on free ground', () => {
    let graph = chain('event_entry', 'wait_event')
    graph = insertAfter(graph, kinds, { from: 'wait_event', output: 'happened' }, kind('exit'), 320).graph
    graph = insertAfter(graph, kinds, { from: 'wait_event', output: 'timed_out' }, kind('goal'), 320).graph
    const [exit, goal] = [graph.nodes[2], graph.nodes[3]]
    expect(exit?.position.x).toBe(goal?.position.x)
    expect(Math.abs((exit?.position.y ?? 0) - (goal?.position.y ?? 0))).toBeGreaterThanOrEqual(120)
  })

  test('an output leads to one node only', () => {
    const graph = connect(
      chain('event_entry', 'wait', 'exit'),
      { from: 'event_entry', output: 'next' },
      'exit',
    )
    expect(pairs(graph)).toEqual(['event_entry.next>exit', 'wait.next>exit'])
  })

  test('nothing connects into an entry or to itself', () => {
    const graph = chain('event_entry', 'wait')
    expect(canConnect(graph, kinds, 'wait', 'event_entry')).toBe(false)
    expect(canConnect(graph, kinds, 'wait', 'wait')).toBe(false)
    expect(canConnect(graph, kinds, 'event_entry', 'wait')).toBe(true)
  })

  test('an output that the config drops takes its edge along', () => {
    const graph = chain('event_entry', 'condition', 'exit')
    const changed = configureNode(graph, kinds, 'condition', {
      cases: [{ id: 'other', label: '', condition: { all: [] } }],
    })
    expect(pairs(changed)).toEqual(['event_entry.next>condition'])
  })

  test('copies get ids of their own and keep the edges among them', () => {
    const graph = chain('event_entry', 'wait', 'exit')
    const copied = copyNodes(graph, cutOut(graph, new Set(['wait', 'exit'])), { x: 40, y: 160 })
    expect(copied.ids).toEqual(['wait_2', 'exit_2'])
    expect(pairs(copied.graph)).toContain('wait_2.next>exit_2')
  })
})

describe('undo', () => {
  test('twenty edits and twenty undos give the same graph hash, and twenty redos the edited one', () => {
    let history = startHistory(chain('event_entry', 'wait', 'exit'))
    const before = hashOf(history.present)
    for (let step = 0; step < 20; step += 1) {
      const graph = history.present
      const edits = [
        () => insertAfter(graph, kinds, { from: 'event_entry', output: 'next' }, kind('wait'), 320).graph,
        () => configureNode(graph, kinds, 'wait', { for: `${step}h` }),
        () => moveNodes(graph, { wait: { x: step * 10, y: 40 } }),
        () => renameNode(graph, 'exit', `End ${step}`),
      ]
      const edit = edits[step % edits.length]
      if (edit) history = record(history, edit(), `edit ${step}`)
    }
    const after = hashOf(history.present)
    expect(after).not.toBe(before)
    for (let step = 0; step < 20; step += 1) history = undo(history)
    expect(hashOf(history.present)).toBe(before)
    for (let step = 0; step < 20; step += 1) history = redo(history)
    expect(hashOf(history.present)).toBe(after)
  })

  test('typing in one field is one step, a pause starts another', () => {
    let history = startHistory('')
    history = record(history, 'a', 'name', 0)
    history = record(history, 'ab', 'name', 200)
    history = record(history, 'abc', 'name', 2000)
    expect(undo(history).present).toBe('ab')
    expect(undo(undo(history)).present).toBe('')
  })

  test('a new edit after an undo drops the way forth', () => {
    const history = record(undo(record(startHistory('a'), 'b')), 'c')
    expect(redo(history).present).toBe('c')
  })
})

describe('walking', () => {
  test('reading order starts at the entry, follows the outputs and ends with what nothing leads to', () => {
    let graph = chain('exit', 'goal')
    graph = { ...graph, edges: [] }
    const entry = addNode(graph, kinds, kind('event_entry'), { x: 0, y: 900 })
    graph = connect(entry.graph, { from: entry.id, output: 'next' }, 'goal')
    expect(readingOrder(graph, kinds).map(({ id }) => id)).toEqual(['event_entry', 'goal', 'exit'])
  })

  test('arrow keys go along the flow and between siblings in output order', () => {
    let graph = chain('event_entry', 'wait_event')
    const late = addNode(graph, kinds, kind('goal'), { x: 0, y: 0 })
    graph = connect(late.graph, { from: 'wait_event', output: 'timed_out' }, late.id)
    const soon = addNode(graph, kinds, kind('exit'), { x: 0, y: 0 })
    graph = connect(soon.graph, { from: 'wait_event', output: 'happened' }, soon.id)
    expect(neighbour(graph, kinds, 'wait_event', 'next')).toBe('exit')
    expect(neighbour(graph, kinds, 'exit', 'sibling_after')).toBe('goal')
    expect(neighbour(graph, kinds, 'goal', 'previous')).toBe('wait_event')
    expect(neighbour(graph, kinds, 'event_entry', 'previous')).toBeUndefined()
  })
})

test('copies stand on free ground, however crowded it is', () => {
  const column = [0, 1, 2].map((row) => ({
    id: `w${row}`,
    kind: 'wait',
    name: '',
    config: { for: '1d' },
    position: { x: 0, y: row * 120 },
  }))
  const [first] = column
  if (!first) throw new Error('no node')
  const graph = { ...emptyGraph, nodes: column }
  const shift = freeShift(graph, kinds, [first])
  expect(shift.y).toBeGreaterThanOrEqual(240 + 102)
  expect(freeShift({ ...emptyGraph, nodes: [] }, kinds, [first])).toEqual({ x: 32, y: 0 })
})

test('a node that was not moved stays, even if every object inherits something under its id', () => {
  const node = { id: 'constructor', kind: 'wait', name: '', config: {}, position: { x: 8, y: 16 } }
  expect(moveNodes({ ...emptyGraph, nodes: [node] }, {}).nodes).toEqual([node])
})
