import { type ConditionTrace, type Evaluate, evaluateCondition } from './condition/evaluate.ts'
import type { Condition, FactRef } from './condition/schema.ts'
import type { EventFacts } from './node.ts'
import { own } from './own.ts'
import type { Port, ReadRecord } from './port.ts'

/** What a condition may look at besides the port: the entry event, saved answers and, in filters, the event in hand. */
export interface KnownFacts {
  entry?: EventFacts
  saved?: Record<string, Record<string, unknown>>
  event?: EventFacts
}

/**
 * Evaluates a condition of an entry, a wait or a node, and appends every look to `reads`.
 * `now` is epoch milliseconds. Failures of the port are thrown as they are.
 */
export async function decide(
  condition: Condition,
  facts: KnownFacts,
  port: Port,
  now: number,
  reads: ReadRecord[],
  evaluate: Evaluate = evaluateCondition,
): Promise<ConditionTrace> {
  const read = async (ref: FactRef): Promise<unknown> => {
    const answer = answerFromFacts(ref, facts) ?? (await readOutside(port, ref, now))
    const missing = answer.value === undefined || answer.value === null
    reads.push({
      fact: ref.fact,
      params: ref.params,
      value: missing ? null : answer.value,
      missing,
      source: answer.source ?? '',
    })
    return missing ? undefined : answer.value
  }
  return evaluate(condition, read, now)
}

/** Failures of the port itself (a database gone away) belong to the driver, not to the node. */
const outside = new WeakSet<object>()

/** Whether an error came from the port rather than from what a node did. */
export function isOutside(error: unknown): boolean {
  return typeof error === 'object' && error !== null && outside.has(error)
}

async function readOutside(port: Port, ref: FactRef, now: number) {
  try {
    return await port.read(ref, now)
  } catch (error) {
    if (typeof error === 'object' && error !== null) outside.add(error)
    throw error
  }
}

function answerFromFacts(ref: FactRef, facts: KnownFacts): { value: unknown; source: string } | null {
  const { property = '', node = '', field = '' } = ref.params
  if (ref.fact === 'event')
    return { value: own(facts.event?.properties, property), source: `event ${facts.event?.id ?? ''}` }
  if (ref.fact === 'entry')
    return { value: own(facts.entry?.properties, property), source: `event ${facts.entry?.id ?? ''}` }
  if (ref.fact === 'saved') return { value: own(own(facts.saved, node), field), source: `node ${node}` }
  return null
}
