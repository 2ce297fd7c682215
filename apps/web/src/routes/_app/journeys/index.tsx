import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { JourneysPage } from '../../../journeys/journeys-page.tsx'

const search = z.object({
  status: z.enum(['', 'draft', 'live', 'paused', 'archived']).catch('').default(''),
  search: z.string().catch('').default(''),
})

export const Route = createFileRoute('/_app/journeys/')({
  validateSearch: search,
  component: function Journeys() {
    const filter = Route.useSearch()
    const navigate = Route.useNavigate()
    return (
      <JourneysPage
        filter={filter}
        onFilter={(next) => void navigate({ search: search.parse(next), replace: true })}
      />
    )
  },
})
