import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { importLook } from './import-job.ts'
import { ImportProgress } from './import-progress.tsx'
import { ImportWizard } from './import-wizard.tsx'
import { useImport } from './use-import.ts'
import type { WizardStep } from './wizard-step.ts'

interface ImportPageProps {
  importId: string
  /** Left out, a draft goes on where it was left: at its check once its columns are mapped. */
  step: WizardStep | undefined
  onStep: (step: WizardStep) => void
}

/** One import: a wizard before its start, its job afterwards. */
export function ImportPage({ importId, step, onStep }: ImportPageProps) {
  const { t } = useTranslation('imports')
  const format = useFormat()
  const { data: job, error, refetch } = useImport(importId)
  if (!job) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return (
    <Page>
      <PageHeader
        back={
          <Link to="/imports" className="inline-flex items-center gap-1 hover:text-ink">
            <ChevronLeft size={14} aria-hidden />
            {t('back')}
          </Link>
        }
        title={
          <span className="inline-flex flex-wrap items-center gap-3">
            <span className="break-all">{job.fileName}</span>
            <StatusChip status={importLook[job.status]}>{t(`status_${job.status}`)}</StatusChip>
          </span>
        }
        description={format.bytes(job.fileSize)}
      />
      {job.status === 'uploaded' ? (
        <ImportWizard
          job={job}
          step={step ?? ('customer' in job.mapping ? 'preview' : 'format')}
          onStep={onStep}
        />
      ) : (
        <ImportProgress job={job} />
      )}
    </Page>
  )
}
