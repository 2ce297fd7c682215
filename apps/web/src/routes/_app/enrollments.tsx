import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { passageStatuses } from '../../replay/enrollment-filters.tsx'
import { EnrollmentSearch } from '../../replay/enrollment-search.tsx'
import { waysOfBeing } from '../../replay/node-filter.tsx'

const filter = z.string().min(1).optional().catch(undefined)

export const Route = createFileRoute('/_app/enrollments')({
  validateSearch: z.object({
    customer: filter,
    journey: filter,
    version: z.number().int().positive().optional().catch(undefined),
    node: filter,
    was: z.enum(waysOfBeing).optional().catch(undefined),
    output: filter,
    status: z.enum(passageStatuses).optional().catch(undefined),
    reason: filter,
  }),
  component: function Enrollments() {
    const filters = Route.useSearch()
    const navigate = Route.useNavigate()
    return <EnrollmentSearch filters={filters} onFilters={(search) => void navigate({ search })} />
  },
})
