import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { CustomerList } from '../../../customers/customer-list.tsx'

export const Route = createFileRoute('/_app/customers/')({
  validateSearch: z.object({ search: z.string().optional().catch(undefined) }),
  component: function Customers() {
    const { search } = Route.useSearch()
    const navigate = Route.useNavigate()
    return (
      <CustomerList
        search={search ?? ''}
        onSearch={(words) => void navigate({ search: { search: words || undefined }, replace: true })}
      />
    )
  },
})
