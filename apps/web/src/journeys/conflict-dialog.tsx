import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Answer, Routes } from '../api.ts'
import { useEditorStore } from '../canvas/editor/editor-context.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { showToast } from '../ui/toast.tsx'
import type { EditorSession } from './use-editor-session.ts'

/** Somebody else saved the draft meanwhile: mine, theirs, or mine as a copy. Nothing is lost whatever is chosen. */
export function ConflictDialog({ session, name }: { session: EditorSession; name: string }) {
  const { t } = useTranslation('journeys')
  const api = useWorkspaceApi()
  const store = useEditorStore()
  const format = useFormat()
  const { saveState } = session
  const copy = useMutation({
    mutationFn: () =>
      api.post<Answer<Routes['journeys']['$post']>>('/journeys', {
        name: t('copyName', { name }),
        graph: store.getState().graph,
      }),
    onSuccess: ({ id }) => {
      session.settle('theirs')
      window.open(`/journeys/${id}`, '_blank', 'noopener')
      showToast({ text: t('copyMade', { name: t('copyName', { name }) }) })
    },
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
  if (saveState.at !== 'conflict') return null
  const { theirs, savedAt, savedBy } = saveState
  const mine = store.getState().graph
  const when = savedAt ? format.relative(savedAt) : ''
  return (
    <Dialog
      open
      onOpenChange={() => undefined}
      title={t('conflictTitle')}
      description={t('conflictText', { who: savedBy ?? t('somebody'), when })}
      footer={
        <>
          <Button busy={copy.isPending} onClick={() => copy.mutate()}>
            {t('conflictCopy')}
          </Button>
          <Button onClick={() => session.settle('theirs')}>{t('conflictTheirs')}</Button>
          <Button look="primary" onClick={() => session.settle('mine')}>
            {t('conflictMine')}
          </Button>
        </>
      }
    >
      <dl className="grid grid-cols-2 gap-3 text-sm">
        <div className="rounded-lg bg-sunken p-3">
          <dt className="text-ink-2">{t('conflictMineLabel')}</dt>
          <dd className="tabular font-medium">{t('blocks', { count: mine.nodes.length })}</dd>
        </div>
        <div className="rounded-lg bg-sunken p-3">
          <dt className="text-ink-2">{t('conflictTheirsLabel')}</dt>
          <dd className="tabular font-medium">{t('blocks', { count: theirs.nodes.length })}</dd>
        </div>
      </dl>
      <p className="mt-3 text-sm text-ink-2">{t('conflictHint')}</p>
    </Dialog>
  )
}
