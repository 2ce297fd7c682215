import type { Fault } from '@tropa/connectors/fake-smtp'
import type { Graph } from '@tropa/journey'
import { orderGraph, sketchGraph } from '@tropa/worker/testing'

/** One enrollment whose Temporal history is kept: what it goes through, and in which shape of the engine. */
export interface Story {
  shape: 'plain' | 'fast' | 'slow_mail'
  graph: (templateId: string) => Graph
  consent?: 'granted' | null
  faults?: Fault[]
  /** What happens while the enrollment waits. */
  meanwhile?: { event: string } | { request: 'skip' | 'remove' }
  /** The last visit, `node:output`. */
  ends: string
}

const mailTo = (next: Record<string, string>) => (templateId: string) =>
  sketchGraph({
    start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'mail' } },
    mail: {
      kind: 'send_email',
      config: { template: templateId, messageClass: 'marketing', topic: '', ifUnknown: 'skip' },
      next,
    },
    pause: { kind: 'wait', config: { for: '1s' } },
  })

const logic = () =>
  sketchGraph({
    start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'mark' } },
    mark: {
      kind: 'update_customer',
      config: { changes: [{ attribute: 'tier', value: 'gold' }] },
      next: { done: 'pause' },
    },
    pause: { kind: 'wait', config: { for: '1s' }, next: { next: 'ask' } },
    ask: {
      kind: 'condition',
      config: {
        cases: [
          {
            id: 'yes',
            label: '',
            condition: { fact: 'attribute', params: { name: 'tier' }, operator: 'equal', value: 'gold' },
          },
        ],
      },
      next: { yes: 'split' },
    },
    split: {
      kind: 'random_split',
      config: {
        shares: [
          { id: 'a', label: '', share: 100 },
          { id: 'b', label: '', share: 0 },
        ],
      },
      next: { a: 'goal' },
    },
    goal: { kind: 'goal', config: { name: 'There', value: null, after: 'leave' } },
  })

const exitOn = (event: string) => ({ exitRules: [{ event, reason: 'exit_rule' as const }] })

/** Every kind and every way it can end, in the shapes the engine can have. */
export const stories: Record<string, Story> = {
  'plain-wait-times-out': { shape: 'plain', graph: (id) => orderGraph(id, '1s'), ends: 'large:sent' },
  'plain-event-comes': {
    shape: 'plain',
    graph: (id) => orderGraph(id, '1h'),
    meanwhile: { event: 'order' },
    ends: 'thanks:sent',
  },
  'plain-mail-not-sent': {
    shape: 'plain',
    graph: mailTo({ not_sent: 'pause' }),
    consent: null,
    ends: 'pause:next',
  },
  'plain-mail-rejected': {
    shape: 'plain',
    graph: mailTo({ failed: 'pause' }),
    faults: [{ at: 'rcpt', do: 'reply', reply: '550 5.1.1 no such user' }],
    ends: 'pause:next',
  },
  'plain-mail-retried': {
    shape: 'plain',
    graph: mailTo({ sent: 'pause' }),
    faults: [{ at: 'greeting', do: 'cut' }],
    ends: 'pause:next',
  },
  'plain-mail-unknown': {
    shape: 'plain',
    graph: mailTo({ failed: 'pause' }),
    faults: [{ at: 'dot', do: 'accept-then-cut' }],
    ends: 'pause:next',
  },
  'plain-logic': { shape: 'plain', graph: logic, ends: 'goal:-' },
  'plain-exit-rule': {
    shape: 'plain',
    graph: (id) => orderGraph(id, '1h', exitOn('stop')),
    meanwhile: { event: 'stop' },
    ends: 'next_order:-',
  },
  'plain-skip': {
    shape: 'plain',
    graph: (id) => orderGraph(id, '1h'),
    meanwhile: { request: 'skip' },
    ends: 'large:sent',
  },
  'fast-wait-times-out': { shape: 'fast', graph: (id) => orderGraph(id, '1s'), ends: 'large:sent' },
  'fast-event-comes': {
    shape: 'fast',
    graph: (id) => orderGraph(id, '1h'),
    meanwhile: { event: 'order' },
    ends: 'thanks:sent',
  },
  'fast-mail-then-wait': { shape: 'fast', graph: mailTo({ sent: 'pause' }), ends: 'pause:next' },
  'fast-logic': { shape: 'fast', graph: logic, ends: 'goal:-' },
  'fast-remove': {
    shape: 'fast',
    graph: (id) => orderGraph(id, '1h'),
    meanwhile: { request: 'remove' },
    ends: 'next_order:-',
  },
  'slow-mail-taken-over': {
    shape: 'slow_mail',
    graph: mailTo({ sent: 'pause' }),
    faults: [{ at: 'dot', do: 'accept-late', afterMs: 900 }],
    ends: 'pause:next',
  },
  'mail-given-up-by-removal': {
    shape: 'slow_mail',
    graph: mailTo({ sent: 'pause' }),
    faults: [{ at: 'rcpt', do: 'reply', reply: '450 4.2.1 mailbox busy' }],
    meanwhile: { request: 'remove' },
    ends: 'mail:-',
  },
}

/** The switches of each shape. */
export const shapes = {
  plain: { legsInRouter: false, startDelay: false, inlineMs: 0 },
  fast: { legsInRouter: true, startDelay: true, inlineMs: 5_000, alarm: false },
  slow_mail: { legsInRouter: true, startDelay: true, inlineMs: 100, alarm: false },
} as const
