import { useTranslation } from 'react-i18next'
import { type Status, StatusChip } from '../ui/status-chip.tsx'
import type { JourneyStatus } from './journey-queries.ts'

const looks: Record<JourneyStatus, Status> = { draft: 'info', live: 'ok', paused: 'warn', archived: 'off' }

/** A journey's status as shape, word and colour. */
export function JourneyStatusChip({ status }: { status: JourneyStatus }) {
  const { t } = useTranslation('journeys')
  return <StatusChip status={looks[status]}>{t(`status_${status}`)}</StatusChip>
}
