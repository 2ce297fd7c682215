import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { Counted } from './counted.tsx'
import { type ImportJob, notPlayed } from './import-job.ts'
import { useImportAction } from './use-import.ts'

/** What is there when a run ends now: as much as the page shows, in the same words. */
function useFates(job: ImportJob) {
  const { t } = useTranslation('imports')
  const newCustomers = { label: t('count_newCustomers'), n: job.customersCreated }
  if (job.mode === 'compressed') {
    const inside = (job.journeys ?? []).reduce((sum, journey) => sum + (journey.inside ?? 0), 0)
    return {
      stays: [{ label: t('count_played'), n: job.eventsFed }, newCustomers],
      dropped: [
        { label: t('count_unplayed'), n: notPlayed(job) },
        { label: t('count_inside'), n: inside },
      ],
    }
  }
  const unread = job.rowsTotal === null ? null : Math.max(0, job.rowsTotal - job.rowsRead)
  return {
    stays: [{ label: t('count_stored'), n: job.rowsStored }, newCustomers],
    dropped: unread === null ? [] : [{ label: t('count_unread'), n: unread }],
  }
}

/** Asks before an import is ended half-way: what stays of it and what is dropped. */
export function StopImport({ job, onClose }: { job: ImportJob; onClose: () => void }) {
  const { t } = useTranslation('imports')
  const { mutate, isPending } = useImportAction(job.id)
  const { stays, dropped } = useFates(job)
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('stopQuestion', { file: job.fileName })}
      description={t('stopText')}
      action={t('stopAction')}
      cancel={t('stopNot')}
      danger
      busy={isPending}
      onConfirm={() => mutate('stop', { onSettled: onClose })}
    >
      <div className="mt-2 flex flex-col gap-4">
        <Counted title={t('dropped')} counts={dropped} />
        <Counted title={t('stays')} counts={stays} />
        {job.mode === 'live' && <p className="text-sm text-ink-2">{t('stopNote_live')}</p>}
      </div>
    </ConfirmDialog>
  )
}
