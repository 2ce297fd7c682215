import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  Check,
  ChevronLeft,
  CircleDashed,
  Ellipsis,
  History,
  ListTree,
  Pause,
  Pencil,
  Play,
  Redo2,
  Settings2,
  Undo2,
  Waypoints,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { judgeAll } from '../canvas/editor/begin.ts'
import { useEditor, useEditorStore } from '../canvas/editor/editor-context.tsx'
import { emptyCatalogue } from '../canvas/editor/editor-store.ts'
import { isUntouched, onlyFreshErrors } from '../canvas/editor/fresh.ts'
import { useProblemSummary } from '../canvas/panel/problems-panel.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { Menu } from '../ui/menu.tsx'
import { StatusIcon } from '../ui/status-chip.tsx'
import { showToast } from '../ui/toast.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import type { EditorView } from './editor-view.ts'
import { type Counts, type Journey, type JourneyStatus, journeyQuery } from './journey-queries.ts'
import { JourneyStatusChip } from './journey-status.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { RenameDialog } from './rename-dialog.tsx'
import { SaveStateView } from './save-state.tsx'
import type { EditorSession } from './use-editor-session.ts'
import { useNothingNew } from './use-nothing-new.ts'
import { VersionsDialog } from './versions-dialog.tsx'

interface EditorBarProps {
  journey: Journey
  session: EditorSession
  view: EditorView
  onView: (view: EditorView) => void
  totals: Counts['totals'] | null
}

/** The head of the editor: where one is, how saving stands, undo, problems, publish. */
export function EditorBar({ journey, session, view, onView, totals }: EditorBarProps) {
  const editable = useEditor((state) => state.editable)
  const store = useEditorStore()
  const [publishing, setPublishing] = useState(false)
  const publish = () => {
    judgeAll(store)
    setPublishing(true)
  }
  return (
    <header className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b bg-surface px-2 py-1.5 md:px-3">
      <Title journey={journey} editable={editable} />
      <Totals journeyId={journey.id} totals={totals} />
      <div className="ml-auto flex flex-wrap items-center gap-1">
        {editable && <SaveStateView state={session.saveState} />}
        {editable && <UndoButtons />}
        <ViewSwitch view={view} onView={onView} />
        <ProblemsButton />
        <MoreMenu journey={journey} session={session} editable={editable} />
        {editable && <PublishButton journey={journey} onPress={publish} />}
      </div>
      <PublishDialog journey={journey} session={session} open={publishing} onOpenChange={setPublishing} />
    </header>
  )
}

/** Opens the receipt; says so when the draft is exactly what is live, and nothing before that is known. */
function PublishButton({ journey, onPress }: { journey: Journey; onPress: () => void }) {
  const { t } = useTranslation('journeys')
  const nothingNew = useNothingNew(journey)
  if (!nothingNew) {
    return (
      <Button look="primary" className={cx(nothingNew === undefined && 'invisible')} onClick={onPress}>
        {t('publish')}
      </Button>
    )
  }
  return (
    <Tooltip text={t('nothingNew', { number: journey.liveVersion?.number })}>
      <Button icon={<Check size={14} className="text-ok" aria-hidden />} onClick={onPress}>
        {t('publishedAlready')}
      </Button>
    </Tooltip>
  )
}

function Title({ journey, editable }: { journey: Journey; editable: boolean }) {
  const { t } = useTranslation('journeys')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const [renaming, setRenaming] = useState(false)
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <Link
        to="/journeys"
        aria-label={t('backToList')}
        className="flex size-8 items-center justify-center rounded-md text-ink-2 hover:bg-sunken"
      >
        <ChevronLeft size={18} aria-hidden />
      </Link>
      <h1 className="min-w-0 truncate text-base font-semibold">{journey.name}</h1>
      {editable && (
        <IconButton
          size="sm"
          className="max-md:hidden"
          label={t('rename')}
          icon={<Pencil size={13} aria-hidden />}
          onClick={() => setRenaming(true)}
        />
      )}
      <JourneyStatusChip status={journey.status} />
      {renaming && (
        <RenameDialog
          journey={journey}
          onClose={() => setRenaming(false)}
          onRenamed={(name) =>
            queries.setQueryData(journeyQuery(api, journey.id).queryKey, (old) => old && { ...old, name })
          }
        />
      )}
    </div>
  )
}

function Totals({ journeyId, totals }: { journeyId: string; totals: Counts['totals'] | null }) {
  const { t } = useTranslation('journeys')
  const format = useFormat()
  if (!totals) return null
  return (
    <Link
      to="/enrollments"
      search={{ journey: journeyId }}
      data-totals
      className="tabular px-1 text-xs whitespace-nowrap text-ink-2 underline-offset-2 hover:underline max-lg:hidden"
    >
      {t('totals', { entered: format.number(totals.entered), active: format.number(totals.active) })}
    </Link>
  )
}

function UndoButtons() {
  const { t } = useTranslation('canvas')
  const canUndo = useEditor((state) => state.history.past.length > 0)
  const canRedo = useEditor((state) => state.history.future.length > 0)
  const undo = useEditor((state) => state.undo)
  const redo = useEditor((state) => state.redo)
  return (
    <div className="flex">
      <IconButton
        label={t('key_undo')}
        shortcut="⌘Z"
        disabled={!canUndo}
        icon={<Undo2 size={16} aria-hidden />}
        onClick={undo}
      />
      <IconButton
        label={t('key_redo')}
        shortcut="⇧⌘Z"
        disabled={!canRedo}
        icon={<Redo2 size={16} aria-hidden />}
        onClick={redo}
      />
    </div>
  )
}

function ViewSwitch({ view, onView }: { view: EditorView; onView: (view: EditorView) => void }) {
  const { t } = useTranslation('canvas')
  return (
    <fieldset aria-label={t('controls')} className="flex">
      <IconButton
        label={t('canvas')}
        aria-pressed={view === 'canvas'}
        icon={<Waypoints size={16} aria-hidden />}
        onClick={() => onView('canvas')}
      />
      <IconButton
        label={t('outline')}
        aria-pressed={view === 'outline'}
        icon={<ListTree size={16} aria-hidden />}
        onClick={() => onView('outline')}
      />
    </fieldset>
  )
}

function ProblemsButton() {
  const { errors, warnings, words } = useProblemSummary()
  const panel = useEditor((state) => state.panel)
  const openPanel = useEditor((state) => state.openPanel)
  const quiet = useEditor((state) => isUntouched(state) || onlyFreshErrors(state))
  const judged = useEditor((state) => state.catalogue !== emptyCatalogue)
  const open = panel?.show === 'problems'
  const status = errors > 0 ? 'err' : warnings > 0 ? 'warn' : 'ok'
  const colour = { err: 'text-err', warn: 'text-warn', ok: 'text-ok' }[status]
  return (
    <Button
      look="ghost"
      aria-pressed={open}
      data-problems-button
      className={cx('tabular', !judged && 'invisible')}
      icon={
        quiet ? (
          <CircleDashed size={16} className="text-ink-3" aria-hidden />
        ) : (
          <span className={colour}>
            <StatusIcon status={status} size={16} />
          </span>
        )
      }
      onClick={() => openPanel(open ? null : { show: 'problems' })}
    >
      <span className="max-sm:sr-only">{words}</span>
    </Button>
  )
}

function MoreMenu({
  journey,
  session,
  editable,
}: {
  journey: Journey
  session: EditorSession
  editable: boolean
}) {
  const { t } = useTranslation('journeys')
  const { t: tc } = useTranslation('canvas')
  const { t: tu } = useTranslation('ui')
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const openPanel = useEditor((state) => state.openPanel)
  const [versionsOpen, setVersionsOpen] = useState(false)
  const turn = useMutation({
    mutationFn: (verb: 'pause' | 'resume') =>
      api.post(`/journeys/${journey.id}/${verb}`, verb === 'pause' ? { entry: true } : {}),
    onSuccess: async (_, verb) => {
      const status: JourneyStatus = verb === 'pause' ? 'paused' : 'live'
      queries.setQueryData(journeyQuery(api, journey.id).queryKey, (old) => old && { ...old, status })
      showToast({
        text: t(verb === 'pause' ? 'pausedToast' : 'resumedToast'),
        onUndo: () => turn.mutate(verb === 'pause' ? 'resume' : 'pause'),
      })
    },
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
  const pauseItem =
    journey.status === 'live'
      ? { label: t('pause'), icon: <Pause size={14} aria-hidden />, onSelect: () => turn.mutate('pause') }
      : journey.status === 'paused'
        ? { label: t('resume'), icon: <Play size={14} aria-hidden />, onSelect: () => turn.mutate('resume') }
        : null
  return (
    <>
      {pauseItem && editable && (
        <Button
          look="ghost"
          className="max-lg:hidden"
          icon={pauseItem.icon}
          busy={turn.isPending}
          onClick={pauseItem.onSelect}
        >
          {pauseItem.label}
        </Button>
      )}
      <Menu
        trigger={<IconButton label={tu('more')} icon={<Ellipsis size={16} aria-hidden />} />}
        items={[
          {
            label: tc('settings'),
            icon: <Settings2 size={14} aria-hidden />,
            onSelect: () => openPanel({ show: 'journey' }),
          },
          {
            label: t('versions'),
            icon: <History size={14} aria-hidden />,
            onSelect: () => setVersionsOpen(true),
          },
          ...(pauseItem && editable ? ['separator' as const, pauseItem] : []),
        ]}
      />
      <VersionsDialog
        journey={journey}
        session={session}
        open={versionsOpen}
        onOpenChange={setVersionsOpen}
      />
    </>
  )
}
