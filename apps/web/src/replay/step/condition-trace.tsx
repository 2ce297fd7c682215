import { leafTraceSentence, type ConditionTrace as Trace, type Truth } from '@tropa/journey'
import { CircleCheck, CircleHelp, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../i18n/use-language.ts'

const marks = {
  true: <CircleCheck size={15} className="mt-0.5 shrink-0 text-ok" aria-hidden />,
  false: <CircleX size={15} className="mt-0.5 shrink-0 text-err" aria-hidden />,
  unknown: <CircleHelp size={15} className="mt-0.5 shrink-0 text-warn" aria-hidden />,
} satisfies Record<Truth, unknown>

/** A condition as it went: every comparison with the value it looked at. */
export function ConditionTrace({ trace }: { trace: Trace }) {
  const { t } = useTranslation('replay')
  const text = useText()
  if (trace.type === 'leaf') {
    return (
      <p className="flex items-start gap-2 text-sm">
        {marks[trace.result]}
        <span className="tabular min-w-0 break-words">{text(leafTraceSentence(trace))}</span>
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-1">
      {(trace.members.length > 1 || trace.type === 'not') && (
        <p className="flex items-start gap-2 text-xs text-ink-2">
          {marks[trace.result]}
          {t(trace.type)}: {t(`truth_${trace.result}`)}
        </p>
      )}
      <div
        className={
          trace.members.length > 1 || trace.type === 'not' ? 'ml-2 flex flex-col gap-1 border-l pl-3' : ''
        }
      >
        {trace.members.map((member, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the members of a stored trace never move
          <ConditionTrace key={index} trace={member} />
        ))}
      </div>
    </div>
  )
}
