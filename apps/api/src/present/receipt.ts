import { type AnyKind, type Graph, kindOf, type Text } from '@tropa/journey'
import { diffGraphs } from './graph-diff.ts'

/** What publishing a draft does, in words and numbers. */
export interface Receipt {
  changes: Text[]
  /** Customers inside now; they finish on the version they entered. */
  inside: number
  entryEvents: string[]
  /** How many nodes send a message. */
  messages: number
}

/** The receipt of publishing `draft` over the live graph, or over nothing. */
export function buildReceipt(
  draft: Graph,
  live: Graph | null,
  kinds: readonly AnyKind[],
  inside: number,
  paused: boolean,
): Receipt {
  const changes = live ? diffGraphs(live, draft, kinds) : [firstVersion(draft)]
  const stays: Text[] = paused
    ? [
        {
          en: 'The journey stays paused: resume it to let customers in.',
          ru: 'Сценарий остаётся на паузе: возобновите его, чтобы впускать клиентов.',
        },
      ]
    : []
  const entryEvents = draft.nodes.flatMap((node) => {
    const kind = kindOf(kinds, node.kind)
    const config = kind?.entry ? kind.config.safeParse(node.config) : undefined
    return kind?.entry && config?.success ? [kind.entry(config.data).event] : []
  })
  const messages = draft.nodes.filter(({ kind }) => kindOf(kinds, kind)?.group === 'message').length
  return { changes: [...changes, ...stays], inside, entryEvents: [...new Set(entryEvents)], messages }
}

function firstVersion(draft: Graph): Text {
  const n = draft.nodes.length
  return { en: `The first version, nodes: ${n}`, ru: `Первая версия, блоков: ${n}` }
}
