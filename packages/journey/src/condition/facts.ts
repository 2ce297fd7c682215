import { lastInWords } from '../duration.ts'
import { named, quoted, type Text } from '../text.ts'
import type { FactRef } from './schema.ts'

/** Where a condition stands: in the filter of an entry or wait (an event is in hand), or in a node. */
export type ConditionScope = 'entry_filter' | 'wait_filter' | 'node'

/** What a parameter of a fact names; the condition editor picks its widget by it. */
export type ParamKind = 'property' | 'attribute' | 'event' | 'duration' | 'channel' | 'node' | 'field'

/** What a fact is called, what its parameters name, where it may stand and how a sentence speaks of it. */
export interface FactDefinition {
  label: Text
  params: { name: string; kind: ParamKind; optional?: true }[]
  value: 'any' | 'number' | 'boolean'
  scopes: readonly ConditionScope[]
  /** The subject of a sentence about this fact. */
  subject: (params: Record<string, string>) => Text
}

const everywhere: readonly ConditionScope[] = ['entry_filter', 'wait_filter', 'node']

function inWindow(within: string | undefined): Text {
  if (!within) return { en: '', ru: '' }
  const words = lastInWords(within)
  return { en: ` in ${words.en}`, ru: ` за ${words.ru}` }
}

/** Everything a condition may look at; nothing else can be read. */
export const facts = {
  event: {
    label: { en: 'Property of this event', ru: 'Свойство этого события' },
    params: [{ name: 'property', kind: 'property' }],
    value: 'any',
    scopes: ['entry_filter', 'wait_filter'],
    subject: ({ property = '' }) => ({ en: `its ${named(property).en}`, ru: `его ${named(property).ru}` }),
  },
  entry: {
    label: { en: 'Property of the entry event', ru: 'Свойство события входа' },
    params: [{ name: 'property', kind: 'property' }],
    value: 'any',
    scopes: ['wait_filter', 'node'],
    subject: ({ property = '' }) => named(property),
  },
  saved: {
    label: { en: 'Answer of an earlier block', ru: 'Ответ предыдущего блока' },
    params: [
      { name: 'node', kind: 'node' },
      { name: 'field', kind: 'field' },
    ],
    value: 'any',
    scopes: ['wait_filter', 'node'],
    subject: ({ node = '', field = '' }) => ({
      en: `${named(field).en} of ${named(node).en}`,
      ru: `${named(field).ru} блока ${named(node).ru}`,
    }),
  },
  attribute: {
    label: { en: 'Customer attribute', ru: 'Атрибут клиента' },
    params: [{ name: 'name', kind: 'attribute' }],
    value: 'any',
    scopes: everywhere,
    subject: ({ name = '' }) => ({ en: `customer’s ${named(name).en}`, ru: `${named(name).ru} клиента` }),
  },
  event_count: {
    label: { en: 'Number of events', ru: 'Число событий' },
    params: [
      { name: 'event', kind: 'event' },
      { name: 'within', kind: 'duration', optional: true },
    ],
    value: 'number',
    scopes: everywhere,
    subject: ({ event = '', within }) => ({
      en: `number of ${quoted(event).en} events${inWindow(within).en}`,
      ru: `событий ${quoted(event).ru}${inWindow(within).ru}`,
    }),
  },
  event_sum: {
    label: { en: 'Sum over events', ru: 'Сумма по событиям' },
    params: [
      { name: 'event', kind: 'event' },
      { name: 'property', kind: 'property' },
      { name: 'within', kind: 'duration', optional: true },
    ],
    value: 'number',
    scopes: everywhere,
    subject: ({ event = '', property = '', within }) => ({
      en: `sum of ${named(property).en} over ${quoted(event).en} events${inWindow(within).en}`,
      ru: `сумма ${named(property).ru} по событиям ${quoted(event).ru}${inWindow(within).ru}`,
    }),
  },
  consent: {
    label: { en: 'Consent to a channel', ru: 'Согласие на канал' },
    params: [{ name: 'channel', kind: 'channel' }],
    value: 'boolean',
    scopes: everywhere,
    subject: ({ channel = '' }) => ({
      en: `consent to ${named(channel).en}`,
      ru: `согласие на ${named(channel).ru}`,
    }),
  },
} as const satisfies Record<string, FactDefinition>

export type FactId = keyof typeof facts

/** The definition of a fact by its stored name, or `undefined` for a name nobody declared. */
export function factById(id: string): FactDefinition | undefined {
  return Object.hasOwn(facts, id) ? facts[id as FactId] : undefined
}

/** The subject of a fact reference in words; the stored name when the fact is not declared. */
export function factSubject(ref: FactRef): Text {
  return factById(ref.fact)?.subject(ref.params) ?? { en: ref.fact, ru: ref.fact }
}
