import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { timelineTypes } from '../../../customers/customer.ts'
import { CustomerPage } from '../../../customers/customer-page.tsx'

export const Route = createFileRoute('/_app/customers/$customerId')({
  validateSearch: z.object({ show: z.enum(timelineTypes).optional().catch(undefined) }),
  component: function Customer() {
    const { customerId } = Route.useParams()
    const { show } = Route.useSearch()
    const navigate = Route.useNavigate()
    return (
      <CustomerPage
        key={customerId}
        customerId={customerId}
        show={show}
        onShow={(type) => void navigate({ search: { show: type } })}
      />
    )
  },
})
