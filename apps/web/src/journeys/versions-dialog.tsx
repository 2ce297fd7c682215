import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useCanEdit, useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Loading } from '../ui/spinner.tsx'
import { EmptyState, ErrorState } from '../ui/states.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { showToast } from '../ui/toast.tsx'
import { type Journey, versionsQuery } from './journey-queries.ts'
import type { EditorSession } from './use-editor-session.ts'

interface VersionsDialogProps {
  journey: Journey
  session: EditorSession
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The published versions: when, by whom, who is inside, and the way to bring one back into the draft. */
export function VersionsDialog({ journey, session, open, onOpenChange }: VersionsDialogProps) {
  const { t } = useTranslation('journeys')
  const api = useWorkspaceApi()
  const canEdit = useCanEdit()
  const format = useFormat()
  const versions = useQuery({ ...versionsQuery(api, journey.id), enabled: open })
  const restore = useMutation({
    mutationFn: async (number: number) => {
      await session.flush()
      await api.post(`/journeys/${journey.id}/versions/${number}/restore`)
      return api.get<Journey>(`/journeys/${journey.id}`)
    },
    onSuccess: ({ draft, revision }, number) => {
      session.adopt(draft, revision)
      onOpenChange(false)
      showToast({ text: t('restored', { number }) })
    },
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('versions')} description={t('versionsText')}>
      {versions.isPending && <Loading />}
      {versions.error && <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.data?.items.length === 0 && (
        <EmptyState title={t('noVersions')} description={t('noVersionsText')} />
      )}
      <ol className="flex flex-col">
        {versions.data?.items.map((version) => (
          <li
            key={version.id}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2.5 last:border-0"
          >
            <div className="min-w-0 flex-1 basis-56">
              <p className="flex items-center gap-2 text-sm font-medium">
                {t('versionNumber', { number: version.number })}
                {version.number === journey.liveVersion?.number && (
                  <StatusChip status="ok">{t('status_live')}</StatusChip>
                )}
              </p>
              {version.note && <p className="text-sm">{version.note}</p>}
              <p className="text-xs text-ink-2">
                {[format.dateTime(version.publishedAt), version.publishedBy].filter(Boolean).join(' · ')}
              </p>
              <p className="tabular text-xs text-ink-2">
                {t('totals', {
                  entered: format.number(version.entered),
                  active: format.number(version.active),
                })}
              </p>
            </div>
            {canEdit && (
              <Button
                size="sm"
                busy={restore.isPending && restore.variables === version.number}
                onClick={() => restore.mutate(version.number)}
              >
                {t('restore')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  )
}
