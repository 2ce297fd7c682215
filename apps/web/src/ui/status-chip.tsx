import { CircleCheck, Clock3, Info, Minus, OctagonX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type Status = 'ok' | 'warn' | 'err' | 'wait' | 'info' | 'off'

const icons = {
  ok: CircleCheck,
  warn: TriangleAlert,
  err: OctagonX,
  wait: Clock3,
  info: Info,
  off: Minus,
} as const

const looks: Record<Status, string> = {
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  err: 'bg-err-soft text-err',
  wait: 'bg-wait-soft text-wait',
  info: 'bg-info-soft text-info',
  off: 'bg-sunken text-ink-2',
}

/** The shape that stands for a status; colour alone never does. */
export function StatusIcon({ status, size = 14 }: { status: Status; size?: number }) {
  const Icon = icons[status]
  return <Icon size={size} className="shrink-0" aria-hidden />
}

/** A status as shape, word and colour together. */
export function StatusChip({ status, children }: { status: Status; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex h-6 items-center gap-1.5 rounded-full pr-2.5 pl-2 text-xs font-medium whitespace-nowrap',
        looks[status],
      )}
    >
      <StatusIcon status={status} size={13} />
      <span className="inline-block first-letter:uppercase">{children}</span>
    </span>
  )
}
