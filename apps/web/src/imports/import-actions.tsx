import { CirclePause, CirclePlay, CircleStop, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useCanEdit } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { type ImportJob, notPlayed } from './import-job.ts'
import { useImportAction } from './use-import.ts'

/** Pause, go on, stop and undo, each offered only where it makes sense. */
export function ImportActions({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const canEdit = useCanEdit()
  const { mutate, isPending } = useImportAction(job.id)
  const [asking, setAsking] = useState<'stop' | 'undo' | null>(null)
  if (!canEdit) return null
  const live = job.status === 'running' || job.status === 'paused'
  const undoable = job.status === 'done' || job.status === 'stopped' || job.status === 'failed'
  return (
    <div className="flex flex-wrap gap-2">
      {job.status === 'running' && (
        <Button busy={isPending} icon={<CirclePause size={15} aria-hidden />} onClick={() => mutate('pause')}>
          {t('pause')}
        </Button>
      )}
      {job.status === 'paused' && (
        <Button
          look="primary"
          busy={isPending}
          icon={<CirclePlay size={15} aria-hidden />}
          onClick={() => mutate('resume')}
        >
          {t('resume')}
        </Button>
      )}
      {live && (
        <Button look="danger" icon={<CircleStop size={15} aria-hidden />} onClick={() => setAsking('stop')}>
          {t('stop')}
        </Button>
      )}
      {undoable && (
        <Button look="danger" icon={<Undo2 size={15} aria-hidden />} onClick={() => setAsking('undo')}>
          {t('undo')}
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={t(asking === 'stop' ? 'stopQuestion' : 'undoQuestion', { file: job.fileName })}
          description={
            asking === 'stop' && job.mode === 'compressed'
              ? t('stopText_compressed', {
                  played: format.number(job.eventsFed),
                  rest: format.number(notPlayed(job)),
                })
              : t(`${asking}Text_${job.mode}`)
          }
          action={t(`${asking}Action`)}
          cancel={t(`${asking}Not`)}
          danger
          busy={isPending}
          onConfirm={() => mutate(asking, { onSettled: () => setAsking(null) })}
        />
      )}
    </div>
  )
}
