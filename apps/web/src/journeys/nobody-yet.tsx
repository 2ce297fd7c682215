import { Link } from '@tanstack/react-router'
import type { Graph } from '@tropa/journey'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'

interface NobodyYetProps {
  graph: Graph
  /** How many events of each name are stored; nothing while that is being read. */
  eventCounts: Record<string, number> | undefined
}

/** The first event that begins the journey of which some are stored already. */
function storedEntry({ graph, eventCounts = {} }: NobodyYetProps): { event: string; n: number } | null {
  for (const { kind, config } of graph.nodes) {
    const event = kind === 'event_entry' && typeof config.event === 'string' ? config.event : ''
    const n = Object.hasOwn(eventCounts, event) ? eventCounts[event] : undefined
    if (n) return { event, n }
  }
  return null
}

/** On a live journey nobody has entered yet: why that is and what comes next, for as long as that is so. */
export function NobodyYet(props: NobodyYetProps) {
  const { t } = useTranslation('journeys')
  const format = useFormat()
  const stored = storedEntry(props)
  return (
    <p
      data-nobody-yet
      className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-b bg-surface px-4 py-1.5 text-xs text-ink-2"
    >
      <span>
        {stored
          ? t('nobodyOfStored', { count: stored.n, n: format.number(stored.n), event: stored.event })
          : t('nobodyYet')}
      </span>
      <Link to="/imports" className="font-medium text-accent-text underline underline-offset-2">
        {t(stored ? 'playEvents' : 'bringEvents')}
      </Link>
    </p>
  )
}
