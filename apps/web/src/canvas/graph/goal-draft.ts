import type { Graph, GraphNode, Text } from '@tropa/journey'
import { columnStep } from '../card-size.ts'

/** A goal in the member's words: after one event customers should do another within a time. */
export interface WantedGoal {
  after: string
  goal: string
  within: string
}

const names: Record<'reminder' | 'second_wait' | 'no_goal', Text> = {
  reminder: { en: 'Reminder', ru: 'Напоминание' },
  second_wait: { en: 'After the reminder', ru: 'После напоминания' },
  no_goal: { en: 'Did not do it', ru: 'Так и не сделали' },
}

function node(
  id: string,
  kind: string,
  name: string,
  column: number,
  y: number,
  config: GraphNode['config'],
): GraphNode {
  return { id, kind, name, config, position: { x: column * columnStep, y } }
}

/**
 * Drafts a journey towards a goal: wait for it; whoever has not come gets one reminder and the same time again.
 * The template of the reminder is left open, so nothing is sent before a member has chosen it.
 */
export function draftTowards({ after, goal, within }: WantedGoal, text: (text: Text) => string): Graph {
  const wait = { event: goal, within }
  const email = { template: '', messageClass: 'marketing', topic: '', connection: null, ifUnknown: 'skip' }
  const edge = (from: string, output: string, to: string) => ({ id: `${from}.${output}`, from, output, to })
  return {
    nodes: [
      node('event_entry', 'event_entry', '', 0, 0, { event: after, key: '' }),
      node('wait_event', 'wait_event', '', 1, 0, wait),
      node('reminder', 'send_email', text(names.reminder), 2, 136, email),
      node('second_wait', 'wait_event', text(names.second_wait), 3, 136, wait),
      node('goal', 'goal', '', 4, 0, { name: goal, value: null, after: 'leave' }),
      node('exit', 'exit', '', 4, 224, { label: text(names.no_goal) }),
    ],
    edges: [
      edge('event_entry', 'next', 'wait_event'),
      edge('wait_event', 'happened', 'goal'),
      edge('wait_event', 'timed_out', 'reminder'),
      edge('reminder', 'sent', 'second_wait'),
      edge('second_wait', 'happened', 'goal'),
      edge('second_wait', 'timed_out', 'exit'),
    ],
    settings: { reentry: { mode: 'after_exit' }, exitRules: [] },
  }
}
