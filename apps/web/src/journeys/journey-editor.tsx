import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { ReactFlowProvider } from '@xyflow/react'
import { lazy, Suspense, useEffect } from 'react'
import { EditorProvider, useEditor } from '../canvas/editor/editor-context.tsx'
import { LiveRegion } from '../canvas/editor/live-region.tsx'
import { onlyCounted } from '../canvas/editor/numbers.ts'
import { NodePicker } from '../canvas/node-picker.tsx'
import { Outline } from '../canvas/outline.tsx'
import { ConnectDialog } from '../canvas/panel/connect-dialog.tsx'
import { DeleteDialog } from '../canvas/panel/delete-dialog.tsx'
import { JourneyPanel } from '../canvas/panel/journey-panel.tsx'
import { NodePanel } from '../canvas/panel/node-panel.tsx'
import { ProblemsPanel } from '../canvas/panel/problems-panel.tsx'
import { useCanEdit, useWorkspaceApi } from '../session/use-member.ts'
import { Loading } from '../ui/spinner.tsx'
import { ClockLine } from './clock-line.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { EditorBar } from './editor-bar.tsx'
import type { EditorView } from './editor-view.ts'
import { catalogueQuery, countsQuery, journeyQuery } from './journey-queries.ts'
import { NobodyYet } from './nobody-yet.tsx'
import { useEditorSession } from './use-editor-session.ts'

const JourneyCanvas = lazy(() =>
  import('../canvas/journey-canvas.tsx').then((module) => ({ default: module.JourneyCanvas })),
)

interface JourneyEditorProps {
  journeyId: string
  view: EditorView
  onView: (view: EditorView) => void
  /** A setting of the whole journey that is shown at once. */
  setting?: 'reentry' | undefined
}

/** The editor of one journey: bar, canvas or outline, panel, dialogs. */
export function JourneyEditor({ journeyId, view, onView, setting }: JourneyEditorProps) {
  const api = useWorkspaceApi()
  const canEdit = useCanEdit()
  const { data: journey } = useSuspenseQuery(journeyQuery(api, journeyId))
  const editable = canEdit && journey.status !== 'archived'
  const session = useEditorSession(journey, editable)
  // Read anew whenever an editor opens: files and other drafts have changed meanwhile.
  const { data: catalogue } = useQuery({ ...catalogueQuery(api), refetchOnMount: 'always' })
  const { data: counts } = useQuery(countsQuery(api, journeyId, journey.liveVersion !== null))
  useEffect(() => {
    if (catalogue) session.editor.setState({ catalogue, planned: catalogue.planned })
  }, [catalogue, session.editor])
  useEffect(() => {
    if (counts) session.editor.setState({ numbers: onlyCounted(counts.nodes) })
  }, [counts, session.editor])
  useEffect(() => {
    if (setting) session.editor.getState().openPanel({ show: 'journey', field: `settings.${setting}` })
  }, [setting, session.editor])
  return (
    <EditorProvider editor={session.editor}>
      <ReactFlowProvider>
        <div className="flex h-full flex-col">
          <EditorBar
            journey={journey}
            session={session}
            view={view}
            onView={onView}
            totals={counts?.totals ?? null}
          />
          {counts?.clock && <ClockLine clock={counts.clock} />}
          {journey.status === 'live' && counts?.clock === null && counts.totals.entered === 0 && (
            <NobodyYet graph={journey.draft} eventCounts={catalogue?.eventCounts} />
          )}
          <div className="flex min-h-0 flex-1">
            <div className="relative min-w-0 flex-1">
              {view === 'canvas' ? (
                <Suspense fallback={<Loading />}>
                  <JourneyCanvas journeyId={journeyId} />
                </Suspense>
              ) : (
                <Outline />
              )}
            </div>
            <OpenPanel />
          </div>
        </div>
        <NodePicker />
        <ConnectDialog />
        <DeleteDialog />
        <ConflictDialog session={session} name={journey.name} />
        <LiveRegion />
      </ReactFlowProvider>
    </EditorProvider>
  )
}

function OpenPanel() {
  const panel = useEditor((state) => state.panel)
  if (panel?.show === 'node') return <NodePanel id={panel.id} field={panel.field} />
  if (panel?.show === 'journey') return <JourneyPanel field={panel.field} />
  return panel?.show === 'problems' ? <ProblemsPanel /> : null
}
