import { Link } from '@tanstack/react-router'
import { ArrowRight, CircleStop, Clock3, LogIn, OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { cx } from '../ui/cx.ts'
import { useEditor } from './editor/editor-context.tsx'

/** How the enrollments behind a number are found: who stands at a node, or who has been there. */
interface Behind {
  journey: string
  node: string
  was?: 'entered' | 'left' | 'failed'
}

interface FigureProps {
  icon: ReactNode
  value: number
  label: string
  inWords: boolean
  tone?: string
  behind: Behind
}

function Figure({ icon, value, label, inWords, tone, behind }: FigureProps) {
  const { t } = useTranslation('canvas')
  const format = useFormat()
  const figure = format.number(value)
  const content = (
    <>
      {icon}
      <span className={inWords ? undefined : 'sr-only'}>{label}: </span>
      {figure}
    </>
  )
  const look = cx('tabular flex items-center gap-1', value > 0 ? (tone ?? 'text-ink-2') : 'text-ink-3')
  if (value === 0) {
    return (
      <span title={`${label}: ${figure}`} className={look}>
        {content}
      </span>
    )
  }
  return (
    <Link
      to="/enrollments"
      search={behind}
      title={t('showThem', { label, count: figure })}
      className={cx(look, 'nodrag nopan min-h-6 underline-offset-2 hover:underline')}
      onClick={(event) => event.stopPropagation()}
    >
      {content}
    </Link>
  )
}

interface NodeNumbersProps {
  id: string
  /** Says what each number counts beside it, where there is room. */
  inWords?: boolean
}

/** The live numbers of a node: entered, waiting now, moved on or ended, failed; each leads to those customers. */
export function NodeNumbers({ id, inWords = false }: NodeNumbersProps) {
  const { t } = useTranslation('canvas')
  const journey = useEditor((state) => state.journeyId)
  const numbers = useEditor((state) => state.numbers?.[id])
  const { entered = 0, waiting = 0, movedOn = 0, ended = 0, failed = 0 } = numbers ?? {}
  const onlyEnds = ended > 0 && movedOn === 0
  return (
    <div
      className={cx(
        'flex items-center justify-between border-t px-3 text-xs',
        inWords ? 'min-h-[30px] flex-wrap gap-x-3 py-0.5 max-sm:justify-start' : 'h-[30px]',
      )}
      data-numbers={id}
    >
      <Figure
        icon={<LogIn size={12} aria-hidden />}
        value={entered}
        label={t('numberEntered')}
        inWords={inWords}
        behind={{ journey, node: id, was: 'entered' }}
      />
      <Figure
        icon={<Clock3 size={12} aria-hidden />}
        value={waiting}
        label={t('numberWaiting')}
        inWords={inWords}
        tone="text-wait"
        behind={{ journey, node: id }}
      />
      <Figure
        icon={onlyEnds ? <CircleStop size={12} aria-hidden /> : <ArrowRight size={12} aria-hidden />}
        value={movedOn + ended}
        label={t(onlyEnds ? 'numberEnded' : 'numberMovedOn')}
        inWords={inWords}
        behind={{ journey, node: id, was: 'left' }}
      />
      {failed > 0 && (
        <Figure
          icon={<OctagonX size={12} aria-hidden />}
          value={failed}
          label={t('numberFailed')}
          inWords={inWords}
          tone="text-err"
          behind={{ journey, node: id, was: 'failed' }}
        />
      )}
    </div>
  )
}
