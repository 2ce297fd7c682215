import { factSubject, type ReadRecord } from '@tropa/journey'
import { useTranslation } from 'react-i18next'
import { useNodeName } from '../../canvas/node-card.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { useLanguage, useText } from '../../i18n/use-language.ts'
import type { Enrollment } from '../enrollment.ts'
import { printRecorded } from './print-recorded.ts'

/** Where a value was found, in words; a source this build does not know stays as it was recorded. */
function useSourceWords({ entryEvent, graph }: Pick<Enrollment, 'entryEvent' | 'graph'>) {
  const { t } = useTranslation('replay')
  const format = useFormat()
  const nodeName = useNodeName()
  return (source: string): string => {
    const [kind = '', rest = ''] = source.split(/ (.*)/)
    if (kind === 'customer') return t('source_customer')
    if (kind === 'events') return t('source_events')
    if (kind === 'consent')
      return rest ? t('source_consentOf', { date: format.date(rest) }) : t('source_consent')
    if (kind === 'event')
      return rest === entryEvent.id
        ? t('source_entry', { event: entryEvent.name })
        : t('source_event', { id: rest })
    const node = kind === 'node' && graph.nodes.find(({ id }) => id === rest)
    return node ? t('source_node', { node: nodeName(node) }) : source
  }
}

interface DataPanelProps {
  reads: readonly ReadRecord[]
  enrollment: Pick<Enrollment, 'entryEvent' | 'graph'>
}

/** Everything the step looked at: the value it found then, and where it came from. */
export function DataPanel({ reads, enrollment }: DataPanelProps) {
  const { t } = useTranslation('replay')
  const source = useSourceWords(enrollment)
  const text = useText()
  const language = useLanguage()
  if (reads.length === 0) return <p className="text-sm text-ink-2">{t('noData')}</p>
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="border-b text-left text-xs text-ink-2">
          <th scope="col" className="h-8 pr-3 font-medium">
            {t('dataFact')}
          </th>
          <th scope="col" className="h-8 pr-3 font-medium">
            {t('dataValue')}
          </th>
          <th scope="col" className="h-8 font-medium">
            {t('dataSource')}
          </th>
        </tr>
      </thead>
      <tbody>
        {reads.map((read, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: recorded reads never move, and the same fact may be read twice
          <tr key={index} className="border-b align-top last:border-0">
            <th scope="row" className="py-2 pr-3 text-left font-normal break-words">
              {text(factSubject(read))}
            </th>
            <td className="tabular py-2 pr-3 font-medium break-all">
              {read.missing ? (
                <span className="font-normal text-warn">{t('dataMissing')}</span>
              ) : (
                printRecorded(read.value, language)
              )}
            </td>
            <td className="py-2 text-xs leading-5 break-words text-ink-2">{source(read.source)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
