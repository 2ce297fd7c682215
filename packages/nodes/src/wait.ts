import { defineNode, durationInWords, durationMs } from '@tropa/journey'
import { z } from 'zod'
import { duration } from './fields.ts'

export const wait = defineNode({
  kind: 'wait',
  group: 'timing',
  icon: 'hourglass',
  title: { en: 'Wait', ru: 'Ждать' },
  help: { en: 'Holds the customer for a while', ru: 'Задерживает клиента на время' },
  config: z.object({ for: duration({ label: { en: 'How long', ru: 'Сколько' } }) }),
  initial: { for: '1d' },
  outputs: { next: { en: 'Next', ru: 'Дальше' } },
  summary: ({ for: length }) => {
    const words = durationInWords(length)
    return { en: `Wait ${words.en}`, ru: `Ждать: ${words.ru}` }
  },
  waits: true,
  run: ({ config, now }) => ({ do: 'wait', until: now + durationMs(config.for), output: 'next' }),
  examples: [
    {
      title: { en: 'Goes on after two days', ru: 'Идёт дальше через два дня' },
      config: { for: '2d' },
      expect: { output: 'next', waitedMs: 172_800_000 },
    },
  ],
})
