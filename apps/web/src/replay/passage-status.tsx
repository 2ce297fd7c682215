import type { Text } from '@tropa/journey'
import { FastForward } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import { StatusChip } from '../ui/status-chip.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { type EnrollmentStatus, type MessageStatus, messageLook, statusLook } from './enrollment.ts'

/** An enrollment's status as shape, word and colour. */
export function PassageStatus({ status }: { status: EnrollmentStatus }) {
  const { t } = useTranslation('replay')
  return <StatusChip status={statusLook[status]}>{t(`status_${status}`)}</StatusChip>
}

/** A message's status as shape, word and colour; a status this build does not know is shown as it came. */
export function MessageChip({ status }: { status: string }) {
  const { t } = useTranslation('replay')
  const known = status in messageLook
  return (
    <StatusChip status={known ? messageLook[status as MessageStatus] : 'off'}>
      {known ? t(`message_${status as MessageStatus}`) : status}
    </StatusChip>
  )
}

interface TestMarkProps {
  /** Says in words what a list says with a shape and one word. */
  long?: boolean
}

/** Marks what happened on a fast clock. */
export function TestMark({ long = false }: TestMarkProps) {
  const { t } = useTranslation('replay')
  return (
    <Tooltip text={t('testHint')}>
      <span className="inline-flex h-5 shrink-0 items-center gap-1 rounded-sm bg-wait-soft px-1.5 text-xs font-medium whitespace-nowrap text-wait">
        <FastForward size={12} aria-hidden />
        <span className="inline-block first-letter:uppercase">{t(long ? 'testLong' : 'test')}</span>
      </span>
    </Tooltip>
  )
}

const endReasons = [
  'goal_reached',
  'exit_rule',
  'removed_by_member',
  'customer_merged',
  'customer_deleted',
  'loop_without_wait',
  'core_error',
] as const

/** Whether a passage went its way to the end of it, which is what the status of one that is completed says. */
export function wentWholeWay(reason: string | null): boolean {
  return reason === 'end' || reason === 'exit_node'
}

/** Why a passage ended before the end of its way, in words; a reason this build does not know stays as it came. */
export function useEndWords(): (reason: string | null) => string {
  const { t } = useTranslation('replay')
  return (reason) => {
    if (reason === null || wentWholeWay(reason)) return ''
    const known = endReasons.find((one) => one === reason)
    return known ? t(`end_${known}`) : reason
  }
}

/** A name that may come in two languages or as the member wrote it. */
export function useNameText(): (name: Text | string | null | undefined) => string {
  const text = useText()
  return (name) => (name === null || name === undefined ? '' : typeof name === 'string' ? name : text(name))
}
