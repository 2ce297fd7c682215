import { describe, expect, test } from 'vitest'
import { sampleCatalogue } from '../arbitraries.ts'
import { buildGraph } from '../build.ts'
import type { Graph } from '../graph.ts'
import { conditionSamples } from '../problem-samples.ts'
import { sampleKinds } from '../sample-kinds.ts'
import { validate } from '../validate.ts'

const start = 'in start {"event":"order"}'
const check = (graph: Graph) => validate(graph, sampleKinds, sampleCatalogue)
const leaf = (fact: string, params: Record<string, string>, operator: string, value?: unknown) => ({
  fact,
  params,
  operator,
  value,
})
const total = (operator: string, value?: unknown) => leaf('entry', { property: 'total' }, operator, value)
const deciding = (condition: unknown, filter?: unknown) =>
  buildGraph(
    [`in start ${JSON.stringify({ event: 'order', filter })}`, `if decide ${JSON.stringify({ condition })}`],
    ['in.next if'],
  )

describe('after the entry’s filter', () => {
  const codes = (condition: unknown, filter: unknown) =>
    check(deciding(condition, filter)).map(({ code }) => code)
  const filter = leaf('event', { property: 'total' }, 'greaterThan', 50)

  test('a condition that can still be true is no contradiction', () => {
    expect(codes(total('greaterThan', 20), filter)).not.toContain('contradicts_entry')
    expect(codes({ any: [total('lessThan', 20), total('isSet')] }, filter)).not.toContain('contradicts_entry')
  })
  test('counts and attributes may have changed since, so they contradict nothing', () => {
    const count = (operator: string, value: number) =>
      leaf('event_count', { event: 'order' }, operator, value)
    expect(codes(count('greaterThan', 3), count('lessThan', 2))).not.toContain('contradicts_entry')
  })
})

test.each(conditionSamples.condition_incomplete ?? [])(
  'what is missing is asked for in the words of the card: %j',
  (condition) => {
    const found = check(deciding(condition)).filter(({ code }) => code === 'condition_incomplete')
    expect(found).not.toEqual([])
    for (const { text, fix } of found) {
      expect(text.en).toMatch(/^The condition is not complete: .+\.$/)
      expect(text.ru).toMatch(/^Условие заполнено не до конца: .+\.$/)
      expect(fix).toEqual({
        en: 'Choose what to compare, and with what.',
        ru: 'Выберите, что и с чем сравнить.',
      })
    }
  },
)

test('exit rules are checked like conditions that stand by themselves', () => {
  const rule = { event: 'nobody', filter: { all: [] }, reason: 'exit_rule' as const }
  const found = check(buildGraph([start], [], { exitRules: [rule] }))
  expect(found.map(({ code, field }) => `${code} ${field}`)).toEqual(
    expect.arrayContaining([
      'condition_incomplete settings.exitRules.0.filter',
      'event_never_seen settings.exitRules.0.event',
    ]),
  )
})

test('a condition of any depth is refused without exhausting the stack', () => {
  let condition: unknown = total('isSet')
  for (let depth = 0; depth < 50_000; depth += 1) condition = { not: condition }
  const graph = deciding(total('isSet'))
  graph.nodes[1] = { ...(graph.nodes[1] as Graph['nodes'][number]), config: { condition } }
  expect(check(graph).map(({ code }) => code)).toContain('field_wrong')
})
