import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type AnyKind,
  type Catalogue,
  compile,
  type Graph,
  type NodeExample,
  simulate,
  validate,
} from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, test } from 'vitest'
import { expectGolden } from './compare.ts'
import { printGraph, printPlan, printProblems, printTrace } from './print.ts'

const start = Date.UTC(2026, 0, 1)
const position = { x: 0, y: 0 }
const catalogue: Catalogue = {
  templates: [{ id: 'welcome', channel: 'email', name: 'Welcome', variables: [] }],
  connections: [{ id: 'mailbox', channel: 'email', isDefault: true }],
  events: [{ name: 'order', properties: ['total'] }],
  attributes: ['status'],
}

/** The example's node behind an entry, with an exit behind each output but those that have a fallback. */
function graphOf(kind: AnyKind, config: Record<string, unknown>): Graph {
  const outputs = kind.outputs(config).filter(({ id }) => !Object.hasOwn(kind.fallbacks, id))
  const nodes = [
    { id: 'it', kind: kind.kind, name: '', config, position },
    ...outputs.map(({ id }) => ({
      id: `end_${id}`,
      kind: 'exit',
      name: '',
      config: { label: id },
      position,
    })),
  ]
  const edges = outputs.map(({ id }) => ({ id: `to_${id}`, from: 'it', output: id, to: `end_${id}` }))
  const settings = { reentry: { mode: 'never' as const }, exitRules: [] }
  if (kind.entry) return { nodes, edges, settings }
  const entry = { id: 'in', kind: 'event_entry', name: '', config: { event: 'order' }, position }
  return {
    nodes: [entry, ...nodes],
    edges: [{ id: 'in_it', from: 'in', output: 'next', to: 'it' }, ...edges],
    settings,
  }
}

async function traceOf(kind: AnyKind, graph: Graph, example: NodeExample): Promise<string[]> {
  const entry = { id: 'entry', name: 'order', occurredAt: start, properties: example.entry ?? {} }
  const { arrives } = example
  const later = arrives
    ? [
        {
          id: 'later',
          name: arrives.event,
          occurredAt: start + arrives.afterMs,
          properties: arrives.properties ?? {},
        },
      ]
    : []
  const simulated = await simulate({
    plan: compile(graph, kinds),
    kinds,
    identity: { journeyId: 'journey', customerId: 'customer', entryKey: '' },
    customer: { attributes: example.attributes ?? {}, consents: {}, events: [entry, ...later] },
    entry,
    entryNode: kind.entry ? 'it' : 'in',
    outcome: () => ({ type: 'result', outcome: example.outcome ?? 'done' }),
  })
  return printTrace(`${example.title.en} / ${example.title.ru}`, simulated, start)
}

test.each(kinds.map((kind): [string, AnyKind] => [kind.kind, kind]))(
  '%s: graph, plan and trace are as written down',
  async (name, kind) => {
    const lines = [`# ${name}: ${kind.title.en} / ${kind.title.ru}`, '']
    let drawn = ''
    for (const example of kind.examples) {
      const graph = graphOf(kind, example.config as Record<string, unknown>)
      const picture = printGraph(graph)
      if (picture.join() !== drawn)
        lines.push(
          ...picture,
          ...printProblems(validate(graph, kinds, catalogue)),
          ...printPlan(graph, kinds),
        )
      drawn = picture.join()
      lines.push(...(await traceOf(kind, graph, example)))
    }
    expectGolden(`kinds/${name}.txt`, lines)
  },
)

test('every golden file belongs to a kind, so that a kind once shipped is not forgotten', () => {
  const files = readdirSync(join(import.meta.dirname, 'kinds')).map((file) => file.replace(/\.txt$/, ''))
  expect(files.sort()).toEqual(kinds.map(({ kind }) => kind).sort())
})
