import { Link, type LinkProps } from '@tanstack/react-router'
import { type LucideIcon, Mail, Undo2, Users, Waypoints, Workflow } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCanEdit } from '../session/use-member.ts'
import { Button, buttonLook } from '../ui/button.tsx'
import type { ImportJob } from './import-job.ts'
import { UndoImport } from './undo-import.tsx'

type StepKey = 'seeCustomers' | 'seeJourneys' | 'seeEnrollments' | 'seeMailbox'

interface Step extends Pick<LinkProps, 'to' | 'search'> {
  key: StepKey
  icon: LucideIcon
}

/** Where to look at what came of an import, the likeliest first. */
function stepsOf({ mode, journeys = [] }: Pick<ImportJob, 'mode' | 'journeys'>): Step[] {
  const customers: Step = { key: 'seeCustomers', to: '/customers', icon: Users }
  if (mode === 'history' || journeys.length === 0)
    return [customers, { key: 'seeJourneys', to: '/journeys', icon: Workflow }]
  const [only] = journeys.length === 1 ? journeys : []
  const search = only ? { journey: only.journeyId } : {}
  return [
    { key: 'seeEnrollments', to: '/enrollments', search, icon: Waypoints },
    { key: 'seeMailbox', to: '/mailbox', icon: Mail },
    customers,
  ]
}

/** The ways on from an import, the first of them to press once it has ended; to take it back is there, but apart. */
export function NextSteps({ job }: { job: ImportJob }) {
  const { t } = useTranslation('imports')
  const canEdit = useCanEdit()
  const [undoing, setUndoing] = useState(false)
  const whole = job.status === 'done' || job.status === 'stopped'
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <nav aria-label={t('nextSteps')} className="flex flex-wrap gap-2">
        {stepsOf(job).map(({ key, icon: Icon, ...where }, index) => (
          <Link key={key} {...where} className={buttonLook(whole && index === 0 ? 'primary' : 'secondary')}>
            <Icon size={15} aria-hidden />
            {t(key)}
          </Link>
        ))}
      </nav>
      {canEdit && (whole || job.status === 'failed') && (
        <Button look="ghost" icon={<Undo2 size={15} aria-hidden />} onClick={() => setUndoing(true)}>
          {t('undo')}
        </Button>
      )}
      {undoing && <UndoImport job={job} onClose={() => setUndoing(false)} />}
    </div>
  )
}
