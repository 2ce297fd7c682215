import { defineNode } from '@tropa/journey'
import { z } from 'zod'
import { text } from './fields.ts'

export const exit = defineNode({
  kind: 'exit',
  group: 'end',
  icon: 'log-out',
  title: { en: 'Exit', ru: 'Выход' },
  help: { en: 'Ends the journey here', ru: 'Заканчивает сценарий здесь' },
  config: z.object({ label: text({ label: { en: 'Reason', ru: 'Причина' } }, { optional: true, max: 80 }) }),
  initial: { label: '' },
  outputs: {},
  summary: ({ label }) => ({ en: label || 'Leaves the journey', ru: label || 'Выходит из сценария' }),
  run: ({ config }) => ({ do: 'exit', reason: 'exit_node', label: config.label }),
  examples: [
    { title: { en: 'Leaves', ru: 'Выходит' }, config: { label: '' }, expect: { output: null, waitedMs: 0 } },
  ],
})
