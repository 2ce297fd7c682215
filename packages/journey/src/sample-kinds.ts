import { z } from 'zod'
import { conditionSchema } from './condition/schema.ts'
import { durationMs, durationSchema } from './duration.ts'
import { type AnyKind, defineNode } from './node.ts'

const both = (words: string) => ({ en: words, ru: words })
const dressed = (kind: string) => ({
  kind,
  icon: 'square',
  title: both(kind),
  help: both(kind),
  initial: {},
  examples: [],
})

/** A vocabulary small enough to reason about, one kind for each command: for tests of the grammar by itself. */
export const sampleKinds: readonly AnyKind[] = [
  defineNode({
    ...dressed('start'),
    group: 'entry',
    config: z.object({ event: z.string().min(1), filter: conditionSchema.optional() }),
    outputs: { next: both('Next') },
    summary: ({ event }) => both(event),
    conditions: ({ filter }) =>
      filter ? [{ field: 'filter', scope: 'entry_filter', condition: filter }] : [],
    entry: ({ event, filter }) => ({ event, filter }),
    run: () => ({ do: 'go', output: 'next' }),
  }),
  defineNode({
    ...dressed('decide'),
    group: 'logic',
    config: z.object({ condition: conditionSchema }),
    outputs: { yes: both('Yes'), no: both('No'), unknown: both('Unknown') },
    fallbacks: { unknown: 'no' },
    summary: () => both('decide'),
    conditions: ({ condition }) => [{ field: 'condition', scope: 'node', condition }],
    run: async ({ config, decide }) => {
      const trace = await decide(config.condition)
      const chosen = ({ true: 'yes', false: 'no', unknown: 'unknown' } as const)[trace.result]
      return {
        do: 'go',
        output: chosen,
        decision: { by: 'condition', outputs: [{ output: 'yes', trace }], chosen },
      }
    },
  }),
  defineNode({
    ...dressed('halve'),
    group: 'logic',
    config: z.object({}),
    outputs: { a: both('A'), b: both('B') },
    summary: () => both('halve'),
    run: ({ bucket, nodeId }) => {
      const place = bucket(nodeId)
      const chosen = place < 0.5 ? 'a' : 'b'
      const shares = ['a', 'b'].map((output) => ({ output, share: 50 }))
      return { do: 'go', output: chosen, decision: { by: 'split', bucket: place, shares, chosen } }
    },
  }),
  defineNode({
    ...dressed('sleep'),
    group: 'timing',
    config: z.object({ for: durationSchema }),
    outputs: { next: both('Next') },
    summary: () => both('sleep'),
    waits: true,
    run: ({ config, now }) => ({ do: 'wait', until: now + durationMs(config.for), output: 'next' }),
  }),
  defineNode({
    ...dressed('hear'),
    group: 'timing',
    config: z.object({
      event: z.string().min(1),
      filter: conditionSchema.optional(),
      within: durationSchema,
    }),
    outputs: { happened: both('Happened'), timed_out: both('Timed out') },
    summary: () => both('hear'),
    conditions: ({ filter }) =>
      filter ? [{ field: 'filter', scope: 'wait_filter', condition: filter }] : [],
    waits: true,
    listens: ({ event }) => [event],
    saves: () => 'open',
    run: ({ config: { event, filter, within }, now }) => ({
      do: 'listen',
      alternatives: [{ event, filter, output: 'happened' }],
      until: now + durationMs(within),
      timeout: 'timed_out',
    }),
  }),
  defineNode({
    ...dressed('mail'),
    group: 'message',
    config: z.object({ template: z.string().min(1), connection: z.string().nullable().default(null) }),
    outputs: { sent: both('Sent'), not_sent: both('Not sent'), failed: both('Failed') },
    fallbacks: { not_sent: 'sent', failed: 'sent' },
    summary: () => both('mail'),
    saves: () => ['outcome', 'reason'],
    run: ({ config: { template, connection } }) => ({
      do: 'send',
      request: {
        channel: 'email',
        template,
        connection,
        messageClass: 'marketing',
        topic: '',
        ifUnknown: 'skip',
      },
      outputs: { sent: 'sent', not_sent: 'not_sent', failed: 'failed' },
    }),
  }),
  defineNode({
    ...dressed('ask'),
    group: 'customer',
    config: z.object({ action: z.string().min(1) }),
    outputs: { done: both('Done'), failed: both('Failed') },
    fallbacks: { failed: 'done' },
    summary: () => both('ask'),
    saves: () => 'open',
    run: ({ config: { action } }) => ({
      do: 'call',
      action,
      input: {},
      outputs: { done: 'done', failed: 'failed' },
    }),
  }),
  defineNode({
    ...dressed('write'),
    group: 'customer',
    config: z.object({
      name: z.string().min(1),
      value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    }),
    outputs: { done: both('Done') },
    summary: () => both('write'),
    run: ({ config: { name, value } }) => ({
      do: 'update',
      changes: { attributes: { [name]: value } },
      output: 'done',
    }),
  }),
  defineNode({
    ...dressed('leave'),
    group: 'end',
    config: z.object({ reason: z.enum(['exit_node', 'goal_reached']) }),
    outputs: {},
    summary: () => both('leave'),
    run: ({ config: { reason } }) => ({ do: 'exit', reason }),
  }),
]
