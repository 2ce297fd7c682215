import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Answer, Routes } from '../api.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { Counted } from './counted.tsx'
import type { ImportJob, ImportMode } from './import-job.ts'
import { useImportAction } from './use-import.ts'

type Brought = Answer<Routes['imports'][':id']['brought']['$get']>

const notes = {
  history: ['undoNote_attributes', 'undoNote_consents', 'undoNote_kept'],
  live: ['undoNote_attributes', 'undoNote_consents', 'undoNote_kept', 'undoNote_sent'],
  compressed: ['undoNote_attributes', 'undoNote_consents', 'undoNote_keptRun'],
} as const satisfies Record<ImportMode, readonly string[]>

const sorts = {
  history: ['events', 'customers'],
  live: ['events', 'customers'],
  compressed: ['events', 'customers', 'enrollments', 'letters'],
} as const satisfies Record<ImportMode, readonly (keyof Brought)[]>

/** Asks before an import is taken back: how much goes with it, and what becomes of the rest. */
export function UndoImport({ job, onClose }: { job: ImportJob; onClose: () => void }) {
  const { t } = useTranslation('imports')
  const api = useWorkspaceApi()
  const { mutate, isPending } = useImportAction(job.id)
  const { data: brought, error } = useQuery({
    queryKey: ['import', job.id, 'brought'],
    queryFn: ({ signal }) => api.get<Brought>(`/imports/${job.id}/brought`, signal),
    staleTime: 0,
  })
  const goes = [
    { label: t('count_rows'), n: job.rowsRead },
    ...sorts[job.mode].map((sort) => ({ label: t(`count_${sort}`), n: brought?.[sort] ?? null })),
  ]
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('undoQuestion', { file: job.fileName })}
      description={t('undoText')}
      action={t('undoAction')}
      cancel={t('undoNot')}
      danger
      busy={isPending}
      onConfirm={() => mutate('undo', { onSettled: onClose })}
    >
      <div className="mt-2 flex flex-col gap-4">
        {error ? (
          <p role="alert" className="text-sm text-err">
            {error.message}
          </p>
        ) : (
          <Counted title={t('goes')} counts={goes} />
        )}
        <ul className="flex list-disc flex-col gap-1 pl-4 text-sm text-ink-2">
          {notes[job.mode].map((note) => (
            <li key={note}>{t(note)}</li>
          ))}
        </ul>
      </div>
    </ConfirmDialog>
  )
}
