import type { KeptEnrollment } from '@tropa/db/enrollment-path'
import {
  type AnyKind,
  type Decision,
  type Graph,
  kindOf,
  nodeTitle,
  own,
  type Step,
  spread,
} from '@tropa/journey'
import { endText, reasonText } from '../reasons.ts'
import { presentEnrollmentRow } from './enrollment-row.ts'
import { wakeSentences } from './wakes.ts'
import { whenIn } from './when.ts'
import { outputLabel, whySentences } from './why.ts'

/** The whole passage as its page shows it: the version's own graph, the path on it, and every step explained. */
export function presentEnrollment(kept: KeptEnrollment, kinds: readonly AnyKind[], timeZone: string) {
  const { row, graph, plan, state } = kept
  const when = whenIn(timeZone)
  const steps = kept.steps.map((step) => presentStep(step, kept, kinds, when))
  const { pending, entry } = state
  const message = pending ? messageOf(kept, pending.seq) : null
  const shown = presentEnrollmentRow(row)
  return {
    ...shown,
    endReasonText: row.endReason ? endText(row.endReason, row.endLabel) : null,
    versionId: kept.versionId,
    graph: spread(graph, kinds),
    entryEvent: { ...entry, occurredAt: new Date(entry.occurredAt).toISOString() },
    steps,
    pending: pending && {
      node: pending.node,
      seq: pending.seq,
      visit: pending.visit,
      enteredAt: new Date(pending.enteredAt).toISOString(),
      waitingFor: row.waitingFor,
      dueAt: shown.dueAt,
      realDueAt: row.dueAt === null ? null : new Date(row.dueAt).toISOString(),
      reads: pending.reads,
      message,
      wakes: wakeSentences(state, { plan, when, held: message?.status === 'held' }),
    },
    path: pathOf(kept.steps, pending, graph, kinds),
    clock: kept.clock && { ...kept.clock, virtualNow: new Date(kept.clock.virtualNow).toISOString() },
  }
}

function presentStep(
  step: KeptEnrollment['steps'][number],
  kept: KeptEnrollment,
  kinds: readonly AnyKind[],
  when: ReturnType<typeof whenIn>,
) {
  const node = kept.graph.nodes.find(({ id }) => id === step.node)
  const explained = {
    ...step,
    enteredAt: step.enteredAt.getTime(),
    leftAt: step.leftAt.getTime(),
    decision: step.decision as Decision | null,
  }
  const { requests, graph, templates } = kept
  const isEnd = step.output === null && step.reason === kept.row.endReason
  const entered =
    step.input?.type === 'entered' ? [cameSentence(kept.state.entry, when(kept.state.entry.occurredAt))] : []
  return {
    seq: step.seq,
    node: step.node,
    nodeName: nodeTitle(node ?? { name: '', kind: step.kind, config: {} }, kinds, templates),
    kind: step.kind,
    visit: step.visit,
    enteredAt: step.enteredAt.toISOString(),
    leftAt: step.leftAt.toISOString(),
    output: step.output,
    outputLabel: step.output === null ? null : outputLabel(graph, kinds, step.node, step.output),
    status: step.status,
    reason: step.reason,
    reasonText: reasonOf(step.reason, isEnd ? kept.row.endLabel : null),
    why: [...entered, ...whySentences(explained, { graph, kinds, requests, leftBy: kept.leftBy, when })],
    reads: step.reads,
    decision: explained.decision,
    input: step.input,
    message: messageOf(kept, step.seq),
  }
}

/** Why a step ended a path, in words; nothing for an exit without a name, of which there is no more to say. */
function reasonOf(reason: string | null, label: string | null) {
  return reason === null || (reason === 'exit_node' && !label) ? null : endText(reason, label)
}

function cameSentence({ name }: { name: string }, at: { en: string; ru: string }) {
  return { en: `“${name}” came on ${at.en}`, ru: `«${name}» пришло ${at.ru}` }
}

function messageOf(kept: KeptEnrollment, seq: number) {
  const message = kept.messages.find((one) => one.seq === seq)
  if (!message) return null
  const { seq: _, gate, ...rest } = message
  return {
    ...rest,
    // It goes out when the journey goes on, and no sooner.
    retryAt: message.reason === 'journey_paused' ? null : message.retryAt,
    reasonText: message.reason === null ? null : reasonText(message.reason),
    gate: gate ?? [],
    attempts: kept.attempts
      .filter(({ messageId }) => messageId === message.id)
      .map(({ messageId, ...attempt }) => attempt),
  }
}

/** Where a token went. */
export interface Path {
  /** Node → the numbers of its visits, in order. */
  nodes: Record<string, number[]>
  edges: Record<string, true>
}

/** The taken path: an output without an edge of its own goes the way of its fallback. */
export function pathOf(
  steps: readonly Pick<Step, 'node' | 'kind' | 'seq' | 'output'>[],
  pending: { node: string; seq: number } | null,
  graph: Graph,
  kinds: readonly AnyKind[],
): Path {
  const path: Path = { nodes: {}, edges: {} }
  const visits = [...steps, ...(pending ? [{ ...pending, kind: '', output: null }] : [])]
  for (const [index, visit] of visits.entries()) {
    path.nodes[visit.node] = [...(own(path.nodes, visit.node) ?? []), visit.seq]
    const next = visits[index + 1]
    if (!next || visit.output === null) continue
    const fallback = own(kindOf(kinds, visit.kind)?.fallbacks, visit.output)
    const ways = graph.edges.filter(({ from, to }) => from === visit.node && to === next.node)
    const taken =
      ways.find(({ output }) => output === visit.output) ?? ways.find(({ output }) => output === fallback)
    if (taken) path.edges[taken.id] = true
  }
  return path
}
