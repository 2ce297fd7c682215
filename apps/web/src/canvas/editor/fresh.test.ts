import { type AnyKind, emptyGraph, validate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { describe, expect, test } from 'vitest'
import { gapsOf, needsOf } from '../needs.ts'
import { beginWith, judgeAll } from './begin.ts'
import { createEditor, emptyCatalogue } from './editor-store.ts'
import { onlyFreshErrors } from './fresh.ts'

const kind = (name: string): AnyKind => {
  const found = kinds.find((one) => one.kind === name)
  if (!found) throw new Error(`no kind ${name}`)
  return found
}

function start() {
  const editor = createEditor('j', emptyGraph, true)
  editor.subscribe(({ graph }, before) => {
    if (graph !== before.graph) editor.setState({ problems: validate(graph, kinds, emptyCatalogue) })
  })
  const id = editor.getState().insert(kind('event_entry'), { at: { x: 0, y: 0 } })
  return { editor, id }
}

const fresh = (editor: ReturnType<typeof createEditor>) => [...editor.getState().fresh]

describe('a block that was just added', () => {
  test('is fresh while its panel is open, whatever is typed into it', () => {
    const { editor, id } = start()
    editor.getState().openNode(id, 'event')
    expect(fresh(editor)).toEqual([id])
    expect(onlyFreshErrors(editor.getState())).toBe(true)
  })

  test('says what it needs as a gap, and the problems count it all the same', () => {
    const { editor, id } = start()
    const { problems } = editor.getState()
    expect(needsOf(gapsOf(problems, id), kind('event_entry')).map(({ field }) => field?.name)).toEqual([
      'event',
    ])
    const mail = editor.getState().insert(kind('send_email'), { at: { x: 0, y: 400 } })
    const needs = needsOf(gapsOf(editor.getState().problems, mail), kind('send_email'))
    expect(needs.map(({ field }) => field?.name ?? 'a way')).toEqual(['template', 'a way'])
    expect(editor.getState().problems.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(
      1,
    )
  })

  test.each([
    ['another block is opened', (id: string) => ({ show: 'node' as const, id: `not ${id}` })],
    ['its panel is closed', () => null],
    ['the problems are asked for', () => ({ show: 'problems' as const })],
  ])('is judged like any other once %s, and stays so', (_, panelAfter) => {
    const { editor, id } = start()
    editor.getState().openPanel(panelAfter(id))
    expect(fresh(editor)).toEqual([])
    expect(onlyFreshErrors(editor.getState())).toBe(false)
    editor.getState().openNode(id)
    expect(fresh(editor)).toEqual([])
  })

  test('is judged when the next one is added, which is fresh instead', () => {
    const { editor, id } = start()
    const next = editor.getState().insert(kind('wait'), { behind: { from: id, output: 'next' } })
    expect(fresh(editor)).toEqual([next])
  })
})

test('all blocks of a ready journey are fresh until each was left or publishing was asked for', () => {
  const { editor } = start()
  const { graph } = editor.getState()
  const ready = createEditor('j', emptyGraph, true)
  beginWith(ready, { ...graph, nodes: [...graph.nodes, { ...graph.nodes[0], id: 'b' } as never] })
  expect(fresh(ready)).toEqual(['event_entry', 'b'])
  ready.getState().openNode('event_entry')
  ready.getState().openPanel(null)
  expect(fresh(ready)).toEqual(['b'])
  judgeAll(ready)
  expect(fresh(ready)).toEqual([])
})
