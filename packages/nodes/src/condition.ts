import {
  type ConditionTrace,
  conditionSchema,
  conditionSentence,
  defineNode,
  implies,
  type KindFault,
  leavesOf,
  type Output,
  quoted,
  type Text,
} from '@tropa/journey'
import { z } from 'zod'
import { cases, listedOutputs, outputIdsClash } from './fields.ts'

const config = z.object({
  cases: cases({
    label: { en: 'Outputs', ru: 'Ветки' },
    help: {
      en: 'Checked from the top; the first that is true is taken',
      ru: 'Проверяются сверху вниз; берётся первая подходящая',
    },
  }),
})

const rest: Output[] = [
  { id: 'else', label: { en: 'Otherwise', ru: 'Иначе' } },
  { id: 'unknown', label: { en: 'No data', ru: 'Нет данных' } },
]

/** An output as a draft lists it; its condition may still be anything. */
interface Drawn {
  label: string
  condition?: unknown
}

function outputsFrom(draft: Record<string, unknown>): Output[] {
  const drawn = listedOutputs(draft.cases)
  return [...drawn.map((one, index) => ({ id: one.id, label: nameOf(one, index, drawn) })), ...rest]
}

/** The longest sentence that is short enough for a name. */
const longestName = 40

/**
 * What an output is called: as its author says. Without that the only one is the yes to the node's question, and one
 * of several is its own sentence, or its number where the sentence is long, unfinished or that of another.
 */
function nameOf({ label, condition: asked }: Drawn, index: number, all: readonly Drawn[]): Text {
  if (label !== '') return { en: label, ru: label }
  if (all.length === 1) return { en: 'Yes', ru: 'Да' }
  const sentence = sentenceOf(asked)
  const others = all.filter((_, at) => at !== index).map((one) => one.label || sentenceOf(one.condition)?.en)
  const speaks =
    sentence &&
    Math.max(sentence.en.length, sentence.ru.length) <= longestName &&
    !others.includes(sentence.en) &&
    !others.includes(sentence.ru)
  return speaks ? sentence : { en: `Output ${index + 1}`, ru: `Ветка ${index + 1}` }
}

/** A condition in words, if nothing is missing in it. */
function sentenceOf(asked: unknown): Text | undefined {
  const { data } = conditionSchema.safeParse(asked)
  if (!data || leavesOf(data).length === 0) return undefined
  const sentence = conditionSentence(data)
  return sentence.en.includes('…') ? undefined : sentence
}

/** Cases that can never be taken, because wherever they are true an earlier one is true as well. */
function deadCases(listed: z.infer<typeof config>['cases']): KindFault[] {
  return listed.flatMap((one, index) => {
    const earlier = listed.slice(0, index).find((other) => implies(one.condition, other.condition))
    if (!earlier) return []
    const [name, first] = [one, earlier]
      .map((each) => nameOf(each, listed.indexOf(each), listed))
      .map(({ en, ru }) => ({ en: quoted(en).en, ru: quoted(ru).ru })) as [Text, Text]
    return [
      {
        code: 'case_unreachable',
        severity: 'warning',
        field: `cases.${index}.condition`,
        text: {
          en: `Nobody can take the output ${name.en}: whenever it is true, ${first.en} above it is true too.`,
          ru: `По ветке ${name.ru} никто не пойдёт: когда она подходит, подходит и ${first.ru} выше.`,
        },
        fix: { en: 'Move it up, change it or delete it.', ru: 'Поднимите её, измените или удалите.' },
      },
    ]
  })
}

const overFifty: z.infer<typeof config> = {
  cases: [
    {
      id: 'yes',
      label: 'Over 50',
      condition: { fact: 'entry', params: { property: 'total' }, operator: 'greaterThan', value: 50 },
    },
  ],
}

export const condition = defineNode<z.infer<typeof config>, string>({
  kind: 'condition',
  group: 'logic',
  icon: 'split',
  title: { en: 'Condition', ru: 'Условие' },
  help: { en: 'Chooses the way by what is known', ru: 'Выбирает путь по тому, что известно' },
  config,
  initial: { cases: [{ id: 'yes', label: '', condition: { all: [] } }] },
  outputs: {},
  outputsFrom,
  fallbacks: { unknown: 'else' },
  summary: ({ cases: listed }) => {
    const [first] = listed
    if (!first || leavesOf(first.condition).length === 0)
      return { en: 'No condition yet', ru: 'Условие ещё не задано' }
    const sentence = conditionSentence(first.condition)
    const more = listed.length > 1 ? ` +${listed.length - 1}` : ''
    return { en: `If ${sentence.en}${more}`, ru: `Если ${sentence.ru}${more}` }
  },
  check: ({ cases: listed }) => {
    const ids = listed.map(({ id }) => id)
    const clash = ids.some(
      (id, index) => ids.indexOf(id) !== index || rest.some((output) => output.id === id),
    )
    return clash ? [outputIdsClash('cases')] : deadCases(listed)
  },
  conditions: ({ cases: listed }) =>
    listed.map((one, index) => ({
      field: `cases.${index}.condition`,
      scope: 'node',
      condition: one.condition,
    })),
  run: async ({ config: { cases: listed }, decide }) => {
    const outputs: { output: string; trace: ConditionTrace }[] = []
    for (const one of listed) {
      const trace = await decide(one.condition)
      outputs.push({ output: one.id, trace })
      if (trace.result === 'true')
        return { do: 'go', output: one.id, decision: { by: 'condition', outputs, chosen: one.id } }
    }
    const chosen = outputs.some(({ trace }) => trace.result === 'unknown') ? 'unknown' : 'else'
    return { do: 'go', output: chosen, decision: { by: 'condition', outputs, chosen } }
  },
  examples: [
    {
      title: { en: 'A large order', ru: 'Крупный заказ' },
      config: overFifty,
      entry: { total: 77 },
      expect: { output: 'yes', waitedMs: 0 },
    },
    {
      title: { en: 'A small order', ru: 'Небольшой заказ' },
      config: overFifty,
      entry: { total: 29.33 },
      expect: { output: 'else', waitedMs: 0 },
    },
    {
      title: { en: 'An order whose total nobody told us', ru: 'Заказ, сумма которого неизвестна' },
      config: overFifty,
      entry: {},
      expect: { output: 'unknown', waitedMs: 0 },
    },
  ],
})
