import { defineNode, numberInWords } from '@tropa/journey'
import { z } from 'zod'
import { choice, optionalNumber, text } from './fields.ts'

export const goal = defineNode({
  kind: 'goal',
  group: 'end',
  icon: 'flag',
  title: { en: 'Goal', ru: 'Цель' },
  help: { en: 'Counts that the customer came this far', ru: 'Отмечает, что клиент дошёл до цели' },
  config: z.object({
    name: text({ label: { en: 'Name', ru: 'Название' } }, { max: 80 }),
    value: optionalNumber({
      label: { en: 'Worth', ru: 'Ценность' },
      help: { en: 'In the workspace’s currency', ru: 'В валюте пространства' },
    }),
    after: choice({ label: { en: 'Then', ru: 'Затем' } }, [
      { value: 'continue', label: { en: 'Go on', ru: 'Идти дальше' } },
      { value: 'leave', label: { en: 'Leave the journey', ru: 'Выйти из сценария' } },
    ]),
  }),
  initial: { name: '', value: null, after: 'continue' },
  outputs: { next: { en: 'Next', ru: 'Дальше' } },
  outputsFrom: ({ after }) =>
    after === 'leave' ? [] : [{ id: 'next', label: { en: 'Next', ru: 'Дальше' } }],
  summary: ({ name, value }) => {
    if (value === null || value === undefined) return { en: name, ru: name }
    const worth = numberInWords(value)
    return { en: `${name}, worth ${worth.en}`, ru: `${name}, ценность ${worth.ru}` }
  },
  run: ({ config }) =>
    config.after === 'leave'
      ? { do: 'exit', reason: 'goal_reached', label: config.name }
      : { do: 'go', output: 'next', decision: { by: 'goal', name: config.name } },
  examples: [
    {
      title: { en: 'Counts and goes on', ru: 'Отмечает и идёт дальше' },
      config: { name: 'Second order', value: null, after: 'continue' },
      expect: { output: 'next', waitedMs: 0 },
    },
    {
      title: { en: 'Counts and leaves', ru: 'Отмечает и выходит' },
      config: { name: 'Second order', value: 10, after: 'leave' },
      expect: { output: null, waitedMs: 0 },
    },
  ],
})
