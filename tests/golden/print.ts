import {
  type AnyKind,
  canonicalJson,
  chainHashes,
  compile,
  formatInstant,
  type Graph,
  type Input,
  type Plan,
  type Problem,
  type Simulated,
  type Step,
  traceSentences,
} from '@tropa/journey'

/** A graph as a person reads it: one line a node, one line an edge. */
export function printGraph({ nodes, edges, settings }: Graph): string[] {
  return [
    '## Graph',
    '',
    ...nodes.map(
      ({ id, kind, name, config }) => `${id}: ${kind}${name ? ` “${name}”` : ''} ${canonicalJson(config)}`,
    ),
    ...edges.map(({ from, output, to }) => `${from}.${output} -> ${to}`),
    `settings ${canonicalJson(settings)}`,
    '',
  ]
}

/** Problems in both languages, in the order in which a member sees them. */
export function printProblems(problems: Problem[]): string[] {
  if (problems.length === 0) return ['## Problems', '', 'none', '']
  return [
    '## Problems',
    '',
    ...problems.flatMap(({ severity, code, nodeId, field, text }) => [
      `${severity} ${code} at ${nodeId ?? 'the journey'}${field ? `, ${field}` : ''}`,
      `  ${text.en}`,
      `  ${text.ru}`,
    ]),
    '',
  ]
}

/** A compiled plan, its hash first. */
export function printPlan(graph: Graph, kinds: readonly AnyKind[]): string[] {
  const { hash, ...plan }: Plan = compile(graph, kinds)
  return ['## Plan', '', `hash ${hash}`, ...JSON.stringify(plan, null, 2).split('\n'), '']
}

/** A path step by step, and the head of its hash chain, which covers every byte of it. */
export function printTrace(title: string, { steps, end, state }: Simulated, start: number): string[] {
  const where = state.pending
    ? `waits at ${state.pending.node}`
    : `${end?.status}, ${end?.reason}${end?.label ? `, “${end.label}”` : ''}`
  return [
    `## Trace: ${title}`,
    '',
    ...steps.flatMap((step) => printStep(step, start)),
    `ends ${where}`,
    `head ${chainHashes(steps, 'golden').at(-1) ?? 'none'}`,
    '',
  ]
}

function printStep(step: Step, start: number): string[] {
  const { seq, node, kind, visit, enteredAt, leftAt, output, status, reason } = step
  const stay = leftAt > enteredAt ? ` .. ${sinceStart(leftAt, start)}` : ''
  const answer = [status, output && `by ${output}`, reason && `because ${reason}`].filter(Boolean).join(' ')
  return [
    `${seq}. ${sinceStart(enteredAt, start)}${stay} ${node} (${kind}, visit ${visit}): ${answer}`,
    ...(step.input ? [`   input ${printInput(step.input, start)}`] : []),
    ...step.reads.map(
      ({ fact, params, value, missing, source }) =>
        `   read ${fact} ${canonicalJson(params)}: ${missing ? 'missing' : canonicalJson(value)} (${source})`,
    ),
    ...printDecision(step),
  ]
}

function printDecision({ decision }: Step): string[] {
  if (decision === null) return []
  if (decision.by !== 'condition') return [`   decided ${canonicalJson(decision)}`]
  return decision.outputs.flatMap(({ output, trace }) => [
    `   ${output}: ${trace.result}`,
    ...traceSentences(trace).flatMap(({ en, ru }) => [`     ${en}`, `     ${ru}`]),
  ])
}

function printInput(input: Input, start: number): string {
  if (input.type !== 'event') return canonicalJson(input)
  const { name, occurredAt, properties } = input.event
  return `event ${name} at ${sinceStart(occurredAt, start)} ${canonicalJson(properties)}`
}

function sinceStart(instant: number, start: number): string {
  if (instant === start) return '+0'
  const days = Math.floor((instant - start) / 86_400_000)
  const rest = instant - start - days * 86_400_000
  return `+${days}d${rest === 0 ? '' : ` ${formatInstant(rest).slice(11, 23)}`}`
}
