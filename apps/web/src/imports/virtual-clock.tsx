import { CalendarClock, Gauge } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { paceInWords, spanInWords } from '../lists/span.ts'
import { useCanEdit } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { type ImportJob, isBehind, isPace, secondsLeftAt } from './import-job.ts'
import { PaceField } from './pace-field.tsx'
import { useChangePace } from './use-import.ts'

function ChangePace({ job, onClose }: { job: ImportJob; onClose: () => void }) {
  const { t } = useTranslation('imports')
  const language = useLanguage()
  const [seconds, setSeconds] = useState(job.secondsPerDay)
  const { mutate, isPending } = useChangePace(job.id)
  const left = isPace(seconds) ? secondsLeftAt(job, seconds) * 1000 : 0
  return (
    <FormDialog
      title={t('paceTitle')}
      description={t('paceText')}
      width="sm"
      action={t('paceAction')}
      busy={isPending}
      disabled={!isPace(seconds)}
      onSubmit={() => isPace(seconds) && mutate(seconds, { onSuccess: onClose })}
      onClose={onClose}
    >
      <PaceField value={seconds} onChange={setSeconds} />
      {left > 0 && (
        <p className="tabular text-sm text-ink-2" aria-live="polite">
          {t('paceLeft', { span: spanInWords(left, language) })}
        </p>
      )}
    </FormDialog>
  )
}

/** What the clock of a compressed run shows, how fast it really goes, and the way to another speed. */
export function VirtualClock({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const language = useLanguage()
  const format = useFormat()
  const canEdit = useCanEdit()
  const [changing, setChanging] = useState(false)
  const { secondsPerDay, realSecondsPerDay } = job
  if (!job.virtualNow) return null
  const words = (seconds: number) => paceInWords(seconds * 1000, language)
  const live = job.status === 'running' || job.status === 'paused'
  const behind = isBehind(job)
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-xl border bg-surface px-5 py-4">
      <CalendarClock size={28} className="shrink-0 text-wait max-md:hidden" aria-hidden />
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-xs text-ink-3">{t('virtualDate')}</p>
        <p className="tabular text-2xl font-semibold" role="timer" aria-live="off">
          {format.longDate(job.virtualNow)}
        </p>
        {secondsPerDay !== null && !behind && (
          <p className="text-xs text-ink-2">{t('virtualPace', { span: words(secondsPerDay) })}</p>
        )}
        {behind && secondsPerDay !== null && realSecondsPerDay !== null && (
          <p className="text-sm text-warn" data-behind>
            {t('behind', { real: words(realSecondsPerDay), wanted: words(secondsPerDay) })}
          </p>
        )}
        {(behind || job.clockStands) && (
          <p className="mt-1 max-w-[68ch] text-xs text-ink-2">
            {t(job.clockStands ? 'clockStands' : 'behindText')}
          </p>
        )}
      </div>
      {live && canEdit && (
        <Button icon={<Gauge size={15} aria-hidden />} onClick={() => setChanging(true)}>
          {t('changePace')}
        </Button>
      )}
      {changing && <ChangePace job={job} onClose={() => setChanging(false)} />}
    </div>
  )
}
