import { expect, test } from 'vitest'
import { buildGraph } from './build.ts'
import { loopsWithoutWait, predecessors, reachableFrom } from './shape.ts'

const graph = buildGraph(
  ['a x', 'b x', 'c x', 'd wait', 'e x', 'f x', 'g x'],
  ['a.o b', 'b.o c', 'c.o b', 'c.p d', 'd.o a', 'e.o e', 'f.o g'],
)

test('what can be reached, and from where', () => {
  expect([...reachableFrom(graph, ['b'])].sort()).toEqual(['a', 'b', 'c', 'd'])
  expect([...reachableFrom(graph, ['f', 'e'])].sort()).toEqual(['e', 'f', 'g'])
  expect([...predecessors(graph, 'g')]).toEqual(['f'])
  expect([...predecessors(graph, 'f')]).toEqual([])
  expect([...predecessors(graph, 'e')]).toEqual(['e'])
})

test('each loop without a wait is named once, by its first node; a loop through a wait is none', () => {
  const names = loopsWithoutWait(graph, ({ kind }) => kind === 'wait').map(({ id }) => id)
  expect(names).toEqual(['b', 'e'])
  expect(loopsWithoutWait(graph, () => true)).toEqual([])
  expect(loopsWithoutWait(graph, () => false).map(({ id }) => id)).toEqual(['a', 'e'])
})

test('5,000 edges from one node do not slow it down', () => {
  const wide = buildGraph(
    ['a x'],
    Array.from({ length: 5000 }, (_, index) => `a.o${index} n${index}`),
  )
  expect(reachableFrom(wide, ['a']).size).toBe(5001)
})
