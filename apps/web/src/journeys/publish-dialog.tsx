import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Problem } from '@tropa/journey'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '../api.ts'
import { useEditor, useEditorStore } from '../canvas/editor/editor-context.tsx'
import { ProblemList } from '../canvas/panel/problem-list.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { useText } from '../i18n/use-language.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'
import { showToast } from '../ui/toast.tsx'
import {
  type Journey,
  journeyQuery,
  type Published,
  type Receipt,
  staleOf,
  versionsQuery,
} from './journey-queries.ts'
import type { EditorSession } from './use-editor-session.ts'
import { useNothingNew } from './use-nothing-new.ts'

interface PublishDialogProps {
  journey: Journey
  session: EditorSession
  open: boolean
  onOpenChange: (open: boolean) => void
}

interface Check {
  problems: Problem[]
  receipt: Receipt
}

/** A check, and which draft it is of: only that one is published. */
type Checked = Check & { revision: number }

/** Publishing as a receipt: what changes, what stands in the way, what happens to the people inside. */
export function PublishDialog({ journey, session, open, onOpenChange }: PublishDialogProps) {
  const { t } = useTranslation('journeys')
  const { t: tu } = useTranslation('ui')
  const api = useWorkspaceApi()
  const [note, setNote] = useState('')
  const check = useQuery({
    queryKey: [api.path(`/journeys/${journey.id}/check`)],
    queryFn: async (): Promise<Checked> => {
      const state = await session.flush()
      if (state.at !== 'saved') throw new Error(t('publishUnsaved'))
      const revision = session.revision()
      return { ...(await api.post<Check>(`/journeys/${journey.id}/check`)), revision }
    },
    enabled: open,
    gcTime: 0,
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  })
  // The receipt of another opening is of a draft that may have changed since.
  const checked = check.isFetching ? undefined : check.data
  const publish = usePublish({ journey, session, note, onDone: () => change(false) })
  const change = (next: boolean) => {
    publish.reset()
    onOpenChange(next)
  }
  const nothingNew = useNothingNew(journey) === true
  const errors = checked?.problems.filter(({ severity }) => severity === 'error') ?? []
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={t('publishTitle', { name: journey.name })}
      description={
        nothingNew
          ? t('nothingNew', { number: journey.liveVersion?.number })
          : journey.liveVersion
            ? t('publishAgain', { number: journey.liveVersion.number + 1 })
            : t('publishFirst')
      }
      footer={
        <>
          <Button onClick={() => change(false)}>{tu('cancel')}</Button>
          {errors.length > 0 ? (
            <ShowProblemsButton onShow={() => change(false)} />
          ) : (
            <Button
              look="primary"
              disabled={!checked || nothingNew}
              busy={publish.isPending}
              onClick={() => checked && publish.mutate(checked)}
            >
              {t('publish')}
            </Button>
          )}
        </>
      }
    >
      {check.isFetching && <Loading />}
      {check.error && !check.isFetching && (
        <ErrorState error={check.error} onRetry={() => void check.refetch()} />
      )}
      {checked && (
        <div className="flex flex-col gap-5">
          <ReceiptView check={checked} nothingNew={nothingNew} onJump={() => change(false)} />
          {!nothingNew && (
            <Field
              label={t(journey.liveVersion ? 'publishNote' : 'publishNoteFirst')}
              optional
              error={publish.error?.message}
            >
              {(control) => (
                <Input
                  {...control}
                  maxLength={200}
                  value={note}
                  onChange={(event) => setNote(event.target.value)}
                />
              )}
            </Field>
          )}
        </div>
      )}
    </Dialog>
  )
}

interface Publishing extends Pick<PublishDialogProps, 'journey' | 'session'> {
  note: string
  onDone: () => void
}

function usePublish({ journey, session, note, onDone }: Publishing) {
  const { t } = useTranslation('journeys')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const store = useEditorStore()
  return useMutation({
    mutationFn: ({ revision }: Checked) =>
      api.post<Published>(`/journeys/${journey.id}/publish`, { revision, note: note.trim() }),
    onSuccess: async ({ version }) => {
      queries.setQueryData(
        journeyQuery(api, journey.id).queryKey,
        (old) =>
          old && { ...old, status: 'live' as const, liveVersion: version, hasUnpublishedChanges: false },
      )
      await queries.invalidateQueries({ queryKey: versionsQuery(api, journey.id).queryKey })
      onDone()
      showToast({
        text: t('published', { number: version.number }),
        next: { label: t('bringEvents'), onPress: () => void navigate({ to: '/imports' }) },
      })
    },
    onError: (error) => {
      const stale = staleOf(error)
      if (stale) {
        onDone()
        session.meet(stale)
      }
      if (error instanceof Failure && error.code === 'draft_has_errors') {
        store.setState({ problems: error.body.problems as Problem[] })
      }
    },
  })
}

function ShowProblemsButton({ onShow }: { onShow: () => void }) {
  const { t } = useTranslation('journeys')
  const openPanel = useEditor((state) => state.openPanel)
  return (
    <Button
      look="primary"
      onClick={() => {
        openPanel({ show: 'problems' })
        onShow()
      }}
    >
      {t('showProblems')}
    </Button>
  )
}

interface ReceiptViewProps {
  check: Check
  /** The head of the dialog says so already. */
  nothingNew: boolean
  onJump: () => void
}

function ReceiptView({ check: { problems, receipt }, nothingNew, onJump }: ReceiptViewProps) {
  const { t } = useTranslation('journeys')
  const text = useText()
  const format = useFormat()
  const stands = problems.some(({ severity }) => severity === 'error')
  const heading = t(stands ? 'receiptProblems' : 'receiptNotes')
  return (
    <>
      {problems.length > 0 && (
        <section aria-label={heading}>
          <h3 className="mb-1.5 text-sm font-medium">{heading}</h3>
          <ProblemList problems={problems} onJump={onJump} />
        </section>
      )}
      {!nothingNew && (
        <section aria-label={t('receiptChanges')}>
          <h3 className="text-sm font-medium">{t('receiptChanges')}</h3>
          <ul className="mt-1 list-disc pl-5 text-sm text-ink-2 marker:text-ink-3">
            {receipt.changes.map((change) => (
              <li key={change.en}>{text(change)}</li>
            ))}
            {receipt.changes.length === 0 && <li>{t('receiptNoChanges')}</li>}
          </ul>
        </section>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 rounded-lg bg-sunken px-3 py-2.5 text-sm">
        <dt className="text-ink-2">{t('receiptEntry')}</dt>
        <dd>{receipt.entryEvents.join(', ') || '–'}</dd>
        <dt className="text-ink-2">{t('receiptReentry')}</dt>
        <dd>{text(receipt.reentry)}</dd>
        <dt className="text-ink-2">{t('receiptMessages')}</dt>
        <dd className="tabular">{format.number(receipt.messages)}</dd>
        <dt className="text-ink-2">{t('receiptInside')}</dt>
        <dd className="tabular">
          {receipt.inside === 0 ? t('receiptNobody') : t('receiptStay', { count: receipt.inside })}
        </dd>
      </dl>
    </>
  )
}
