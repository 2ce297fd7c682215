import { Link } from '@tanstack/react-router'
import { ArrowRight, Clock3, LogIn, OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { cx } from '../ui/cx.ts'
import { useEditor } from './editor/editor-context.tsx'

interface FigureProps {
  icon: ReactNode
  value: number
  label: string
  tone?: string
  /** Shows the passages behind the number, where the search can find them. */
  search?: { journey: string; node: string; status?: 'failed' }
}

function Figure({ icon, value, label, tone, search }: FigureProps) {
  const format = useFormat()
  const content = (
    <>
      {icon}
      <span className="sr-only">{label}: </span>
      {format.number(value)}
    </>
  )
  const look = cx('tabular flex items-center gap-1', value > 0 ? (tone ?? 'text-ink-2') : 'text-ink-3')
  if (!search || value === 0) {
    return (
      <span title={label} className={look}>
        {content}
      </span>
    )
  }
  return (
    <Link
      to="/enrollments"
      search={search}
      title={label}
      className={cx(look, 'nodrag nopan underline-offset-2 hover:underline')}
      onClick={(event) => event.stopPropagation()}
    >
      {content}
    </Link>
  )
}

/** The live numbers of a node: entered, waiting now, moved on, failed. */
export function NodeNumbers({ id }: { id: string }) {
  const { t } = useTranslation('canvas')
  const journey = useEditor((state) => state.journeyId)
  const numbers = useEditor((state) => state.numbers?.[id])
  const { entered = 0, waiting = 0, movedOn = 0, ended = 0, failed = 0 } = numbers ?? {}
  return (
    <div
      className="mt-auto flex h-[30px] items-center justify-between border-t px-3 text-xs"
      data-numbers={id}
    >
      <Figure icon={<LogIn size={12} aria-hidden />} value={entered} label={t('numberEntered')} />
      <Figure
        icon={<Clock3 size={12} aria-hidden />}
        value={waiting}
        label={t('numberWaiting')}
        tone="text-wait"
        search={{ journey, node: id }}
      />
      <Figure
        icon={<ArrowRight size={12} aria-hidden />}
        value={movedOn + ended}
        label={t('numberMovedOn')}
      />
      {failed > 0 && (
        <Figure
          icon={<OctagonX size={12} aria-hidden />}
          value={failed}
          label={t('numberFailed')}
          tone="text-err"
          search={{ journey, node: id, status: 'failed' }}
        />
      )}
    </div>
  )
}
