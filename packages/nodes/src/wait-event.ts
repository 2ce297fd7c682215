import { conditionSentence, defineNode, durationInWords, durationMs } from '@tropa/journey'
import { z } from 'zod'
import { duration, event, optionalCondition } from './fields.ts'

export const waitEvent = defineNode({
  kind: 'wait_event',
  group: 'timing',
  icon: 'bell',
  title: { en: 'Wait for event', ru: 'Ждать события' },
  help: {
    en: 'Goes on when an event comes, or when time is up',
    ru: 'Идёт дальше, когда придёт событие или выйдет время',
  },
  config: z.object({
    event: event({ label: { en: 'Event', ru: 'Событие' } }),
    filter: optionalCondition({ label: { en: 'Only if', ru: 'Только если' } }, 'wait_filter'),
    within: duration({ label: { en: 'At most', ru: 'Не дольше' } }),
  }),
  initial: { event: '', within: '3d' },
  outputs: { happened: { en: 'It came', ru: 'Пришло' }, timed_out: { en: 'Time is up', ru: 'Время вышло' } },
  summary: ({ event: name, filter, within }) => {
    const words = durationInWords(within)
    const only = filter ? conditionSentence(filter) : null
    return {
      en: `Until “${name}”${only ? ` (${only.en})` : ''}, at most ${words.en}`,
      ru: `Ждать «${name}»${only ? ` (${only.ru})` : ''}, максимум ${words.ru}`,
    }
  },
  conditions: ({ filter }) => (filter ? [{ field: 'filter', scope: 'wait_filter', condition: filter }] : []),
  waits: true,
  listens: ({ event: name }) => [name],
  saves: () => 'open',
  run: ({ config, now }) => ({
    do: 'listen',
    alternatives: [
      { event: config.event, ...(config.filter ? { filter: config.filter } : {}), output: 'happened' },
    ],
    until: now + durationMs(config.within),
    timeout: 'timed_out',
  }),
  examples: [
    {
      title: { en: 'The next order came after five days', ru: 'Следующий заказ пришёл через пять дней' },
      config: { event: 'order', within: '30d' },
      arrives: { afterMs: 432_000_000, event: 'order', properties: { total: 20 } },
      expect: { output: 'happened', waitedMs: 432_000_000 },
    },
    {
      title: { en: 'No order came in 30 days', ru: 'За 30 дней заказа не было' },
      config: { event: 'order', within: '30d' },
      arrives: { afterMs: 2_592_000_001, event: 'order' },
      expect: { output: 'timed_out', waitedMs: 2_592_000_000 },
    },
    {
      title: { en: 'A small order does not count', ru: 'Маленький заказ не считается' },
      config: {
        event: 'order',
        within: '7d',
        filter: { fact: 'event', params: { property: 'total' }, operator: 'greaterThan', value: 50 },
      },
      arrives: { afterMs: 86_400_000, event: 'order', properties: { total: 20 } },
      expect: { output: 'timed_out', waitedMs: 604_800_000 },
    },
  ],
})
