import { conditionSentence, defineNode } from '@tropa/journey'
import { z } from 'zod'
import { event, optionalCondition, property } from './fields.ts'

export const eventEntry = defineNode({
  kind: 'event_entry',
  group: 'entry',
  icon: 'log-in',
  title: { en: 'Event', ru: 'Событие' },
  help: { en: 'Lets a customer in when an event comes', ru: 'Впускает клиента, когда приходит событие' },
  config: z.object({
    event: event({ label: { en: 'Event', ru: 'Событие' } }),
    filter: optionalCondition(
      {
        label: { en: 'Only if', ru: 'Только если' },
        help: { en: 'Others are refused, with the reason kept', ru: 'Остальным отказываем и храним причину' },
      },
      'entry_filter',
    ),
    key: property(
      {
        label: { en: 'Separate by', ru: 'Отдельно по' },
        help: {
          en: 'A property such as order_id: each value gets its own enrollment, in parallel; events with another value neither wake nor end it',
          ru: 'Свойство, например order_id: для каждого значения своё прохождение, параллельно; события с другим значением его не двигают и не завершают',
        },
      },
      'event',
    ),
  }),
  initial: { event: '' },
  outputs: { next: { en: 'Next', ru: 'Дальше' } },
  summary: ({ event: name, filter }) => {
    const only = filter ? conditionSentence(filter) : null
    return {
      en: `When “${name}” comes${only ? `, if ${only.en}` : ''}`,
      ru: `Когда приходит «${name}»${only ? `, если ${only.ru}` : ''}`,
    }
  },
  conditions: ({ filter }) => (filter ? [{ field: 'filter', scope: 'entry_filter', condition: filter }] : []),
  entry: ({ event: name, filter, key }) => ({
    event: name,
    ...(filter ? { filter } : {}),
    ...(key ? { keyProperty: key } : {}),
  }),
  run: () => ({ do: 'go', output: 'next' }),
  examples: [
    {
      title: { en: 'An order lets the customer in', ru: 'Заказ впускает клиента' },
      config: { event: 'order', key: '' },
      expect: { output: 'next', waitedMs: 0 },
    },
  ],
})
