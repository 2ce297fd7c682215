import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import {
  type AnyKind,
  compile,
  type Graph,
  kindOf,
  type NodeExample,
  type Output,
  type Simulated,
  simulate,
} from '@tropa/journey'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { fieldsOf } from './fields.ts'
import { kinds } from './index.ts'

const start = Date.UTC(2026, 0, 1)
const notKinds = ['index.ts', 'fields.ts']
const widgets = [
  'text',
  'number',
  'choice',
  'duration',
  'event',
  'property',
  'condition',
  'template',
  'connection',
  'cases',
  'shares',
  'changes',
]

/** The example's node behind an entry; every output of it leads to its own exit, which shows the way taken. */
function graphOf(kind: AnyKind, config: Record<string, unknown>): Graph {
  const position = { x: 0, y: 0 }
  const settings = { reentry: { mode: 'never' } as const, exitRules: [] }
  const ends = kind
    .outputs(config)
    .map(({ id }) => ({ id: `end_${id}`, kind: 'exit', name: '', config: { label: id }, position }))
  const node = { id: 'it', kind: kind.kind, name: '', config, position }
  const out = kind
    .outputs(config)
    .map(({ id }) => ({ id: `to_${id}`, from: 'it', output: id, to: `end_${id}` }))
  if (kind.entry) return { nodes: [node, ...ends], edges: out, settings }
  const entry = { id: 'in', kind: 'event_entry', name: '', config: { event: 'example' }, position }
  return {
    nodes: [entry, node, ...ends],
    edges: [{ id: 'e', from: 'in', output: 'next', to: 'it' }, ...out],
    settings,
  }
}

/** Runs an example through the simulator, as a documentation page or the canvas would. */
async function play(kind: AnyKind, example: NodeExample): Promise<Simulated> {
  const graph = graphOf(kind, example.config as Record<string, unknown>)
  const plan = compile(graph, kinds)
  const name = plan.entries[0]?.event ?? ''
  const entry = { id: 'entry', name, occurredAt: start, properties: example.entry ?? {} }
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
  return simulate({
    plan,
    kinds,
    identity: { journeyId: 'j', customerId: 'c', entryKey: '' },
    customer: { attributes: example.attributes ?? {}, consents: {}, events: [entry, ...later] },
    entry,
    entryNode: kind.entry ? 'it' : 'in',
    outcome: () => ({ type: 'result', outcome: example.outcome ?? 'done' }),
  })
}

const examples = kinds.flatMap((kind) =>
  kind.examples.map((example): [string, AnyKind, NodeExample] => [
    `${kind.kind}: ${example.title.en}`,
    kind,
    example,
  ]),
)
const eachKind = kinds.map((kind): [string, AnyKind] => [kind.kind, kind])
const texts = (output: Output) => [output.label.en, output.label.ru]

test.each(examples)('%s', async (_, kind, example) => {
  const { config, expect: expected } = example
  const parsed = kind.config.safeParse(config)
  expect(parsed.error).toBeUndefined()
  const simulated = await play(kind, { ...example, config: parsed.data })
  const step = simulated.steps.find(({ node }) => node === 'it')
  expect(step).toBeDefined()
  expect(step?.output ?? null).toBe(expected.output)
  if (expected.waitedMs !== undefined)
    expect((step?.leftAt ?? 0) - (step?.enteredAt ?? 0)).toBe(expected.waitedMs)
  if (expected.output !== null) expect(simulated.end?.label).toBe(expected.output)
})

describe.each(eachKind)('%s', (_, kind) => {
  test('has a name, help and examples in both languages', () => {
    expect(kind.kind).toMatch(/^[a-z]+(_[a-z]+)*$/)
    for (const text of [kind.title, kind.help, ...kind.examples.map(({ title }) => title)]) {
      expect(text.en).toMatch(/^[A-Z]/)
      expect(text.ru).toMatch(/[А-Яа-яЁё]/)
    }
    expect(kind.examples.length).toBeGreaterThan(0)
    expect(new Set(kind.examples.map(({ title }) => title.en)).size).toBe(kind.examples.length)
  })

  test('gives every field a widget and labels in both languages', () => {
    const shape = (kind.config as unknown as { shape: object }).shape
    const fields = fieldsOf(kind)
    expect(fields.map(({ name }) => name)).toEqual(Object.keys(shape))
    for (const { field, label, help, options } of fields) {
      expect(widgets).toContain(field)
      for (const words of [label, help, ...(options ?? []).map((option) => option.label)]) {
        if (!words) continue
        expect(words.en).toMatch(/^[A-Z]/)
        expect(words.ru).toMatch(/[А-Яа-яЁё]/)
      }
    }
  })

  test('starts with a config whose every field is known, and which parses or names its holes', () => {
    const names = fieldsOf(kind).map(({ name }) => name)
    for (const name of Object.keys(kind.initial)) expect(names).toContain(name)
    const parsed = kind.config.safeParse(kind.initial)
    if (!parsed.success) for (const { path } of parsed.error.issues) expect(names).toContain(String(path[0]))
  })

  test('draws outputs with their own ids and labels, and falls back only to outputs it has', () => {
    for (const config of [kind.initial, ...kind.examples.map((example) => example.config)]) {
      const outputs = kind.outputs(config)
      const ids = outputs.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const text of outputs.flatMap(texts)) expect(text.trim()).not.toBe('')
      for (const pair of Object.entries(kind.fallbacks)) expect(ids).toEqual(expect.arrayContaining(pair))
    }
  })

  test('has a summary in both languages for the first config and for every example', () => {
    for (const config of [kind.initial, ...kind.examples.map((example) => example.config)]) {
      const { en, ru } = kind.summary(config)
      expect([en.trim(), ru.trim()]).not.toContain('')
      expect(en).not.toMatch(/undefined|null|\[object/)
    }
  })

  test('listens, reads and enters only by names', () => {
    for (const { config } of kind.examples) {
      const parsed = kind.config.parse(config)
      for (const event of [...kind.listens(parsed), ...(kind.entry ? [kind.entry(parsed).event] : [])])
        expect(event).not.toBe('')
      const fields = fieldsOf(kind).map(({ name }) => name)
      for (const { field } of kind.conditions(parsed)) expect(fields).toContain(field.split('.')[0])
    }
  })

  test('draws and sums up any junk without a crash', () => {
    const names = fieldsOf(kind).map(({ name }) => name)
    const item = fc.oneof(
      fc.jsonValue(),
      fc.record({ id: fc.jsonValue(), label: fc.jsonValue(), share: fc.jsonValue() }),
    )
    const junk = fc.dictionary(
      fc.constantFrom(...names, 'stray'),
      fc.oneof(fc.jsonValue(), fc.array(item), fc.constant(undefined)),
    )
    fc.assert(
      fc.property(junk, (config) => {
        for (const { id, label } of kind.outputs(config))
          expect(typeof id + typeof label.ru).toBe('stringstring')
        expect(typeof kind.summary(config).en).toBe('string')
      }),
      { numRuns: 300 },
    )
  })
})

describe('adding a kind', () => {
  const files = readdirSync(import.meta.dirname).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  )

  test('is one file and one word: every file here is exactly one kind, and each is in the list', async () => {
    const found = await Promise.all(
      files
        .filter((file) => !notKinds.includes(file))
        .map(async (file) => {
          const exported = Object.entries(
            (await import(join(import.meta.dirname, file))) as Record<string, AnyKind>,
          )
          expect(exported, file).toHaveLength(1)
          const [[name, kind]] = exported as [[string, AnyKind]]
          expect(name, file).toBe(
            basename(file, '.ts').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
          )
          expect(kind.kind, file).toBe(basename(file, '.ts').replaceAll('-', '_'))
          return kind
        }),
    )
    expect(new Set(found)).toEqual(new Set(kinds))
    expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length)
    for (const kind of kinds) expect(kindOf(kinds, kind.kind)).toBe(kind)
  })
})

describe('purity', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('all examples run without clock, chance, timers or network', async () => {
    const forbidden = (what: string) => () => {
      throw new Error(`${what} was used in a pure package`)
    }
    const { parse, UTC } = Date
    class NoClock {
      static now = forbidden('Date.now')
      static parse = parse
      static UTC = UTC
      private readonly date: object
      constructor(...given: unknown[]) {
        if (given.length === 0) forbidden('new Date()')()
        this.date = Reflect.construct(RealDate, given)
      }
      toISOString(): string {
        return (this.date as Date).toISOString()
      }
    }
    const RealDate = Date
    vi.stubGlobal('Date', NoClock)
    for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch', 'queueMicrotask'])
      vi.stubGlobal(name, forbidden(name))
    vi.stubGlobal('crypto', new Proxy({}, { get: (_, key) => forbidden(`crypto.${String(key)}`)() }))
    vi.spyOn(Math, 'random').mockImplementation(forbidden('Math.random'))
    vi.spyOn(performance, 'now').mockImplementation(forbidden('performance.now'))
    const played: string[] = []
    const failures: unknown[] = []
    try {
      for (const [name, kind, example] of examples) {
        const { end } = await play(kind, { ...example, config: kind.config.parse(example.config) })
        played.push(`${name} ${end?.status}`)
      }
    } catch (error) {
      failures.push(error)
    } finally {
      vi.restoreAllMocks()
      vi.unstubAllGlobals()
    }
    expect(failures).toEqual([])
    expect(played.filter((line) => line.endsWith('failed'))).toEqual([])
    expect(played).toHaveLength(examples.length)
  })
})
