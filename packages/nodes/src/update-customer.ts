import { defineNode, type Language, printOperand } from '@tropa/journey'
import { z } from 'zod'
import { changes } from './fields.ts'

export const updateCustomer = defineNode({
  kind: 'update_customer',
  group: 'customer',
  icon: 'user-pen',
  title: { en: 'Update', ru: 'Изменить клиента' },
  help: { en: 'Sets or clears the customer’s attributes', ru: 'Записывает или очищает атрибуты клиента' },
  config: z.object({
    changes: changes({
      label: { en: 'Attributes', ru: 'Атрибуты' },
      help: { en: 'No value clears the attribute', ru: 'Без значения атрибут очищается' },
    }),
  }),
  initial: { changes: [] },
  outputs: { done: { en: 'Next', ru: 'Дальше' } },
  summary: ({ changes: listed }) => {
    const words = (language: Language, clear: string) =>
      listed
        .map(({ attribute, value }) => {
          if (value === null) return `${clear} ${attribute}`
          return `${attribute} = ${typeof value === 'string' ? value : printOperand(value, 'same')[language]}`
        })
        .join(', ')
    return { en: words('en', 'clear'), ru: words('ru', 'очистить') }
  },
  run: ({ config }) => ({
    do: 'update',
    changes: {
      attributes: Object.fromEntries(config.changes.map(({ attribute, value }) => [attribute, value])),
    },
    output: 'done',
  }),
  examples: [
    {
      title: { en: 'Marks a regular customer', ru: 'Отмечает постоянного клиента' },
      config: { changes: [{ attribute: 'status', value: 'regular' }] },
      expect: { output: 'done', waitedMs: 0 },
    },
  ],
})
