import type { KeptEnrollment } from '@tropa/db/enrollment-path'
import {
  type AnyKind,
  type ConditionTrace,
  type Decision,
  type Graph,
  type Input,
  kindOf,
  leafSentence,
  named,
  numberInWords,
  printOperand,
  type Text,
  traceSentences,
} from '@tropa/journey'
import { z } from 'zod'
import { reasonText } from '../reasons.ts'
import { lengthInWords } from './when.ts'

/** What the sentences about a step are made from. */
export interface WhyContext {
  graph: Graph
  kinds: readonly AnyKind[]
  requests: KeptEnrollment['requests']
  /** The event by which an exit rule took the customer out. */
  leftBy: KeptEnrollment['leftBy']
  when: (at: number) => Text
}

/** A finished visit, as far as its reasons go. */
export interface ExplainedStep {
  seq: number
  node: string
  kind: string
  enteredAt: number
  leftAt: number
  output: string | null
  reason: string | null
  decision: Decision | null
  input: Input | null
}

/** Why a step went as it did, in plain sentences: what ended it, then what its node decided. */
export function whySentences(step: ExplainedStep, context: WhyContext): Text[] {
  return [
    ...(step.input ? inputSentences(step, step.input, context) : []),
    ...(step.decision ? decisionSentences(step, step.decision, context) : []),
  ]
}

/** An output as the canvas labels it. */
export function outputLabel(graph: Graph, kinds: readonly AnyKind[], nodeId: string, output: string): Text {
  const node = graph.nodes.find(({ id }) => id === nodeId)
  const outputs = (node && kindOf(kinds, node.kind)?.outputs(node.config)) ?? []
  return outputs.find(({ id }) => id === output)?.label ?? { en: output, ru: output }
}

function inputSentences(step: ExplainedStep, input: Input, context: WhyContext): Text[] {
  switch (input.type) {
    case 'entered':
      return []
    case 'timer':
      return [timerSentence(step, context)]
    case 'event': {
      const at = context.when(input.event.occurredAt)
      const came = {
        en: `“${input.event.name}” came on ${at.en}`,
        ru: `«${input.event.name}» пришло ${at.ru}`,
      }
      return [came, ...(input.match ? traceSentences(input.match) : [])]
    }
    case 'result':
      return [resultSentence(step, input, context)]
    case 'skip':
      return [bySomebody('skip', step, input.memberId, context)]
    case 'leave':
      return input.reason === 'removed_by_member'
        ? [bySomebody('remove', step, input.memberId ?? null, context)]
        : [leaveSentence(input.reason, context)]
  }
}

function leaveSentence(reason: string, { leftBy, when }: WhyContext): Text {
  if (!leftBy || (reason !== 'exit_rule' && reason !== 'goal_reached')) return reasonText(reason)
  const at = when(leftBy.occurredAt.getTime())
  const end =
    reason === 'exit_rule'
      ? { en: 'an exit rule ended the journey', ru: 'правило выхода закончило сценарий' }
      : { en: 'that is the goal', ru: 'это и есть цель' }
  return {
    en: `“${leftBy.name}” came on ${at.en}: ${end.en}`,
    ru: `«${leftBy.name}» пришло ${at.ru}: ${end.ru}`,
  }
}

function timerSentence(step: ExplainedStep, { graph, kinds }: WhyContext): Text {
  const waited = lengthInWords(step.leftAt - step.enteredAt)
  const node = graph.nodes.find(({ id }) => id === step.node)
  const kind = kindOf(kinds, step.kind)
  const parsed = node && kind?.config.safeParse(node.config)
  const listens = parsed?.success ? (kind?.listens(parsed.data) ?? []) : []
  if (listens.length === 0) return { en: `waited ${waited.en}`, ru: `ожидание: ${waited.ru}` }
  const names = (open: string, close: string, or: string) =>
    listens.map((name) => `${open}${name}${close}`).join(or)
  return {
    en: `waited ${waited.en}, no ${names('“', '”', ' or ')} came`,
    ru: `ожидание: ${waited.ru}; ${listens.length > 1 ? 'событий' : 'события'} ${names('«', '»', ' или ')} не было`,
  }
}

function resultSentence(
  step: ExplainedStep,
  input: Extract<Input, { type: 'result' }>,
  { graph }: WhyContext,
): Text {
  if (input.reason) return reasonText(input.reason)
  const words: Record<typeof input.outcome, Text> = {
    sent: { en: 'the mail server took the email', ru: 'почтовый сервер принял письмо' },
    not_sent: { en: 'the message was not sent', ru: 'сообщение не отправлено' },
    failed: { en: 'it failed', ru: 'не удалось' },
    done: { en: 'done', ru: 'выполнено' },
  }
  if (input.outcome !== 'done' || step.kind !== 'update_customer') return words[input.outcome]
  return updateSentence(graph.nodes.find(({ id }) => id === step.node)?.config.changes)
}

const changesShape = z.array(
  z.object({ attribute: z.string(), value: z.union([z.string(), z.number(), z.boolean(), z.null()]) }),
)

/** What was written on the customer, and what was cleared. */
function updateSentence(changes: unknown): Text {
  const { data = [] } = changesShape.safeParse(changes)
  const set = data
    .filter(({ value }) => value !== null)
    .map(({ attribute, value }) => {
      const [name, words] = [named(attribute), printOperand(value, 'same')]
      return { en: `${name.en} = ${words.en}`, ru: `${name.ru} = ${words.ru}` }
    })
  const cleared = data.filter(({ value }) => value === null).map(({ attribute }) => named(attribute))
  const parts = [
    ...(set.length > 0 ? [listed('written on the customer: ', 'записано клиенту: ', set)] : []),
    ...(cleared.length > 0 ? [listed('cleared: ', 'очищено: ', cleared)] : []),
  ]
  if (parts.length === 0) return { en: 'the customer was updated', ru: 'данные клиента изменены' }
  return { en: parts.map(({ en }) => en).join('; '), ru: parts.map(({ ru }) => ru).join('; ') }
}

function listed(en: string, ru: string, items: readonly Text[]): Text {
  return {
    en: en + items.map((item) => item.en).join(', '),
    ru: ru + items.map((item) => item.ru).join(', '),
  }
}

function bySomebody(
  what: 'skip' | 'remove',
  step: ExplainedStep,
  memberId: string | null,
  { requests }: WhyContext,
): Text {
  const asked = requests.find(({ kind, seq }) => kind === what && seq === step.seq)
  const who = asked?.memberName ?? null
  const why = asked?.reason ? `: ${asked.reason}` : ''
  const en = what === 'skip' ? 'skipped the wait' : 'removed the customer'
  const ru = what === 'skip' ? 'пропуск ожидания' : 'исключение клиента'
  const by = who ?? (memberId ? 'a member' : 'somebody')
  return { en: `${by} ${en}${why}`, ru: `${ru}${who ? ` (${who})` : ''}${why}` }
}

function decisionSentences(step: ExplainedStep, decision: Decision, context: WhyContext): Text[] {
  if (decision.by === 'goal')
    return [{ en: `goal “${decision.name}” counted`, ru: `цель «${decision.name}» засчитана` }]
  if (decision.by === 'split') return [splitSentence(step, decision, context)]
  const several = decision.outputs.length > 1
  const checked = decision.outputs.flatMap(({ output, trace }) => {
    const label = outputLabel(context.graph, context.kinds, step.node, output)
    const prefixed = several && !isNamedByIt(label, trace)
    return caseSentences(trace).map((sentence) =>
      prefixed ? { en: `“${label.en}”: ${sentence.en}`, ru: `«${label.ru}»: ${sentence.ru}` } : sentence,
    )
  })
  return checked
}

/** Whether an output is called by the one comparison it makes, which its sentence repeats. */
function isNamedByIt(label: Text, trace: ConditionTrace): boolean {
  if (trace.type === 'leaf') return leafSentence(trace.leaf).en === label.en
  const [only, ...others] = trace.members
  return only !== undefined && others.length === 0 && trace.type !== 'not' && isNamedByIt(label, only)
}

/** A condition without a comparison is always true, and says so. */
function caseSentences(trace: ConditionTrace): Text[] {
  const sentences = traceSentences(trace)
  return sentences.length > 0 ? sentences : [{ en: 'always', ru: 'всегда' }]
}

function splitSentence(
  step: ExplainedStep,
  decision: Extract<Decision, { by: 'split' }>,
  { graph, kinds }: WhyContext,
): Text {
  const label = outputLabel(graph, kinds, step.node, decision.chosen)
  const at = numberInWords(Math.round(decision.bucket * 1000) / 10)
  return {
    en: `this customer’s fixed place is ${at.en} of 100, so “${label.en}”`,
    ru: `постоянное место клиента — ${at.ru} из 100, поэтому «${label.ru}»`,
  }
}
