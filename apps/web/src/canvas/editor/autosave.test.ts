import { emptyGraph, type Graph } from '@tropa/journey'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Autosave, type SaveAnswer, type SaveState } from './autosave.ts'

const graph = (name: string): Graph => ({
  ...emptyGraph,
  nodes: [{ id: 'a', kind: 'wait', name, config: {}, position: { x: 0, y: 0 } }],
})

function start(answers: SaveAnswer[]) {
  const sent: { graph: Graph; revision: number }[] = []
  const states: SaveState['at'][] = []
  const autosave = new Autosave({
    graph: emptyGraph,
    revision: 1,
    save: async (saved, revision) => {
      sent.push({ graph: saved, revision })
      await new Promise((resolve) => setTimeout(resolve, 100))
      return answers.shift() ?? { ok: true, revision: revision + 1 }
    },
    onState: (state) => states.push(state.at),
  })
  return { autosave, sent, states }
}

describe('autosave', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('one request follows a burst of changes, within two seconds of the last', async () => {
    const { autosave, sent, states } = start([])
    for (const name of ['a', 'ab', 'abc']) autosave.changed(graph(name))
    await vi.advanceTimersByTimeAsync(2000)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.graph.nodes[0]?.name).toBe('abc')
    expect(states.at(-1)).toBe('saved')
  })

  test('a change made while a save is under way is saved after it, on the new revision', async () => {
    const { autosave, sent } = start([])
    autosave.changed(graph('first'))
    await vi.advanceTimersByTimeAsync(750)
    expect(sent).toHaveLength(1)
    autosave.changed(graph('second'))
    await vi.advanceTimersByTimeAsync(2000)
    expect(sent.map(({ revision }) => revision)).toEqual([1, 2])
    expect(sent.at(-1)?.graph.nodes[0]?.name).toBe('second')
  })

  test('a lost connection is tried again with the newest graph', async () => {
    const { autosave, sent, states } = start([{ ok: false, because: 'offline' }])
    autosave.changed(graph('first'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(states.at(-1)).toBe('offline')
    autosave.changed(graph('second'))
    await vi.advanceTimersByTimeAsync(4000)
    expect(sent.at(-1)?.graph.nodes[0]?.name).toBe('second')
    expect(states.at(-1)).toBe('saved')
  })

  test('leaving while the server says nothing waits for the save under way and no further one', async () => {
    const { autosave, sent } = start([
      { ok: false, because: 'offline' },
      { ok: false, because: 'offline' },
    ])
    autosave.changed(graph('first'))
    await vi.advanceTimersByTimeAsync(750)
    const left = autosave.flush()
    await vi.advanceTimersByTimeAsync(100)
    expect(await left).toEqual({ at: 'offline' })
    expect(sent).toHaveLength(1)
  })

  test('a draft that was saved though its answer was lost is no conflict', async () => {
    const { id, ...rest } = { ...graph('first').nodes[0] }
    const first = { ...graph('first'), nodes: [{ ...rest, id } as Graph['nodes'][number]] }
    const { autosave, sent, states } = start([
      { ok: false, because: 'offline' },
      { ok: false, because: 'stale', revision: 2, graph: first, savedBy: 'me', savedAt: null },
    ])
    autosave.changed(graph('first'))
    await vi.advanceTimersByTimeAsync(1000)
    autosave.changed(graph('second'))
    await vi.advanceTimersByTimeAsync(6000)
    expect(states).not.toContain('conflict')
    expect(states.at(-1)).toBe('saved')
    expect(sent.at(-1)).toMatchObject({ revision: 2, graph: graph('second') })
  })

  test('a stale revision stops saving until a choice; mine then writes over theirs', async () => {
    const theirs = graph('theirs')
    const { autosave, sent, states } = start([
      { ok: false, because: 'stale', revision: 7, graph: theirs, savedBy: null, savedAt: null },
    ])
    autosave.changed(graph('mine'))
    await vi.advanceTimersByTimeAsync(2000)
    expect(states.at(-1)).toBe('conflict')
    autosave.changed(graph('mine 2'))
    await vi.advanceTimersByTimeAsync(5000)
    expect(sent).toHaveLength(1)
    autosave.settle('mine')
    await vi.advanceTimersByTimeAsync(1000)
    expect(sent.at(-1)).toMatchObject({ revision: 7, graph: graph('mine 2') })
  })

  test('taking theirs saves nothing', async () => {
    const { autosave, sent, states } = start([
      { ok: false, because: 'stale', revision: 7, graph: graph('theirs'), savedBy: null, savedAt: null },
    ])
    autosave.changed(graph('mine'))
    await vi.advanceTimersByTimeAsync(2000)
    autosave.settle('theirs')
    await vi.advanceTimersByTimeAsync(5000)
    expect(sent).toHaveLength(1)
    expect(states.at(-1)).toBe('saved')
  })

  test('a conflict met elsewhere stops saving too, and mine may be written over it though nothing was changed', async () => {
    const { autosave, sent, states } = start([])
    autosave.changed(graph('mine'))
    await vi.advanceTimersByTimeAsync(2000)
    expect(autosave.revision).toBe(2)
    const theirs = graph('theirs')
    autosave.meet({ ok: false, because: 'stale', revision: 7, graph: theirs, savedBy: null, savedAt: null })
    await vi.advanceTimersByTimeAsync(2000)
    expect(states.at(-1)).toBe('conflict')
    autosave.settle('mine')
    await vi.advanceTimersByTimeAsync(2000)
    expect(sent.at(-1)).toMatchObject({ revision: 7, graph: graph('mine') })
    expect(autosave.revision).toBe(8)
  })

  test('a draft the server has changed is taken as saved, with its revision', async () => {
    const { autosave, sent } = start([])
    autosave.adopt(graph('restored'), 9)
    await vi.advanceTimersByTimeAsync(2000)
    expect(sent).toHaveLength(0)
    autosave.changed(graph('edited'))
    await vi.advanceTimersByTimeAsync(2000)
    expect(sent).toMatchObject([{ revision: 9 }])
  })
})
