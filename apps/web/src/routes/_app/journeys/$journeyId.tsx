import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { JourneyEditor } from '../../../journeys/journey-editor.tsx'
import { journeyQuery } from '../../../journeys/journey-queries.ts'
import { workspaceApi } from '../../../session/use-member.ts'
import { Loading } from '../../../ui/spinner.tsx'

export const Route = createFileRoute('/_app/journeys/$journeyId')({
  validateSearch: z.object({
    view: z.enum(['canvas', 'outline']).optional().catch(undefined),
    setting: z.enum(['reentry']).optional().catch(undefined),
  }),
  staticData: { narrow: true },
  // Always from the server: an editor that starts from an old draft would only meet a conflict.
  loader: async ({ context, params }) => {
    if (context.session.as !== 'member') return
    const query = journeyQuery(workspaceApi(context.session.member.workspace.id), params.journeyId)
    await context.queries.fetchQuery({ ...query, staleTime: 0 })
  },
  pendingComponent: Loading,
  component: function JourneyPage() {
    const { journeyId } = Route.useParams()
    const { view, setting } = Route.useSearch()
    const navigate = Route.useNavigate()
    // A phone opens the outline: a canvas needs room.
    const fallback = window.matchMedia('(max-width: 767px)').matches ? 'outline' : 'canvas'
    return (
      <JourneyEditor
        key={journeyId}
        journeyId={journeyId}
        view={view ?? fallback}
        setting={setting}
        onView={(next) => void navigate({ search: { view: next }, replace: true })}
      />
    )
  },
})
