import {
  type AnyKind,
  canonicalJson,
  type Graph,
  kindOf,
  type Named,
  pluralRu,
  type Text,
} from '@tropa/journey'
import { diffGraphs } from './graph-diff.ts'

/** What publishing a draft does, in words and numbers. */
export interface Receipt {
  /** False when exactly this draft is live already: publishing would make no version. */
  changed: boolean
  changes: Text[]
  /** Customers inside now; they finish on the version they entered. */
  inside: number
  entryEvents: string[]
  /** Who may enter again. */
  reentry: Text
  /** How many blocks send a message. */
  messages: number
}

/** A draft, the version that is live, and what else a receipt tells of. */
interface Publishing {
  draft: Graph
  live: { graph: Graph; number: number } | null
  inside: number
  paused: boolean
  /** The templates by which blocks may be called. */
  templates: Named
}

/** Whether a draft says anything else than the live version. */
export function isChanged(draft: Graph, live: { graph: Graph } | null): boolean {
  return live === null || canonicalJson(live.graph) !== canonicalJson(draft)
}

/** The receipt of publishing a draft over the live version, or over nothing. */
export function buildReceipt(
  { draft, live, inside, paused, templates }: Publishing,
  kinds: readonly AnyKind[],
): Receipt {
  const changed = isChanged(draft, live)
  const entryEvents = draft.nodes.flatMap((node) => {
    const kind = kindOf(kinds, node.kind)
    const config = kind?.entry ? kind.config.safeParse(node.config) : undefined
    return kind?.entry && config?.success ? [kind.entry(config.data).event] : []
  })
  return {
    changed,
    changes: [...changesOf(draft, live, changed, kinds, templates), ...(paused ? [staysPaused] : [])],
    inside,
    entryEvents: [...new Set(entryEvents)],
    reentry: reentryText(draft.settings.reentry),
    messages: draft.nodes.filter(({ kind }) => kindOf(kinds, kind)?.group === 'message').length,
  }
}

function reentryText(reentry: Graph['settings']['reentry']): Text {
  if (reentry.mode === 'after_days') {
    const { days } = reentry
    return {
      en: `${days} ${days === 1 ? 'day' : 'days'} after the last entry`,
      ru: `Через ${days} ${pluralRu(days, 'день', 'дня', 'дней')} после последнего входа`,
    }
  }
  return {
    never: { en: 'Nobody: each customer enters once, ever', ru: 'Никто: каждый клиент входит один раз' },
    after_exit: { en: 'After leaving', ru: 'После выхода' },
    always: {
      en: 'Always, even while inside already',
      ru: 'Всегда, даже если прошлое прохождение ещё идёт',
    },
  }[reentry.mode]
}

function changesOf(
  draft: Graph,
  live: Publishing['live'],
  changed: boolean,
  kinds: readonly AnyKind[],
  templates: Named,
): Text[] {
  if (!live) return [firstVersion(draft)]
  if (!changed) {
    return [
      {
        en: `Nothing has changed since version ${live.number}, which is live`,
        ru: `С версии ${live.number}, которая сейчас работает, ничего не изменилось`,
      },
    ]
  }
  const found = diffGraphs(live.graph, draft, kinds, templates)
  return found.length > 0 ? found : [onlyLooks]
}

const staysPaused: Text = {
  en: 'The journey stays paused: resume it to let customers in.',
  ru: 'Сценарий остаётся на паузе: возобновите его, чтобы впускать клиентов.',
}

const onlyLooks: Text = {
  en: 'Only how the canvas looks has changed, nothing for customers',
  ru: 'Изменился только вид холста, для клиентов — ничего',
}

function firstVersion({ nodes: { length: n } }: Graph): Text {
  return {
    en: `The first version: ${n} ${n === 1 ? 'block' : 'blocks'}`,
    ru: `Первая версия: ${n} ${pluralRu(n, 'блок', 'блока', 'блоков')}`,
  }
}
