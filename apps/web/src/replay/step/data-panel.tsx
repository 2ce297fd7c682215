import { factSubject, type ReadRecord } from '@tropa/journey'
import { useTranslation } from 'react-i18next'
import { printValue } from '../../customers/print-value.ts'
import { useText } from '../../i18n/use-language.ts'

/** Everything the step looked at: the value it found then, and where it came from. */
export function DataPanel({ reads }: { reads: readonly ReadRecord[] }) {
  const { t } = useTranslation('replay')
  const text = useText()
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
                printValue(read.value)
              )}
            </td>
            <td className="py-2 text-xs leading-5 break-words text-ink-2">{read.source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
