import { ArrowRight, Clock3, LogIn, OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { cx } from '../ui/cx.ts'
import { useEditor } from './editor/editor-context.tsx'

function Figure({
  icon,
  value,
  label,
  tone,
}: {
  icon: ReactNode
  value: number
  label: string
  tone?: string
}) {
  const format = useFormat()
  return (
    <span
      title={label}
      className={cx('tabular flex items-center gap-1', value > 0 ? (tone ?? 'text-ink-2') : 'text-ink-3')}
    >
      {icon}
      <span className="sr-only">{label}: </span>
      {format.number(value)}
    </span>
  )
}

/** The live numbers of a node: entered, waiting now, moved on, failed. */
export function NodeNumbers({ id }: { id: string }) {
  const { t } = useTranslation('canvas')
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
        />
      )}
    </div>
  )
}
