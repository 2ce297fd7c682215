import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { JourneysPage } from '../../../journeys/journeys-page.tsx'

const search = z.object({
  status: z.enum(['draft', 'live', 'paused', 'archived']).optional().catch(undefined),
  search: z.string().optional().catch(undefined),
})

export const Route = createFileRoute('/_app/journeys/')({
  validateSearch: search,
  component: function Journeys() {
    const filter = Route.useSearch()
    const navigate = Route.useNavigate()
    return (
      <JourneysPage
        filter={{ status: filter.status ?? '', search: filter.search ?? '' }}
        onFilter={(next) =>
          void navigate({
            search: search.parse({ status: next.status || undefined, search: next.search || undefined }),
            replace: true,
          })
        }
      />
    )
  },
})
