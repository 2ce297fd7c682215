import { CirclePause, CirclePlay, CircleStop } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCanEdit } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import type { ImportJob } from './import-job.ts'
import { StopImport } from './stop-import.tsx'
import { useImportAction } from './use-import.ts'

/** Pause, go on and stop, each offered only where it makes sense; a failed import can go on, too. */
export function ImportControls({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const canEdit = useCanEdit()
  const { mutate, isPending } = useImportAction(job.id)
  const [stopping, setStopping] = useState(false)
  const { status } = job
  const live = status === 'running' || status === 'paused'
  if (!canEdit || !(live || status === 'failed')) return null
  return (
    <div className="flex flex-wrap gap-2">
      {status === 'running' ? (
        <Button busy={isPending} icon={<CirclePause size={15} aria-hidden />} onClick={() => mutate('pause')}>
          {t('pause')}
        </Button>
      ) : (
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
        <Button look="danger" icon={<CircleStop size={15} aria-hidden />} onClick={() => setStopping(true)}>
          {t('stop')}
        </Button>
      )}
      {stopping && <StopImport job={job} onClose={() => setStopping(false)} />}
    </div>
  )
}
