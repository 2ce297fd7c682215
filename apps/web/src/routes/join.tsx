import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { JoinPage } from '../session/join-page.tsx'

export const Route = createFileRoute('/join')({
  validateSearch: z.object({ invitation: z.coerce.string().catch('').default('') }),
  component: function Join() {
    return <JoinPage invitationId={Route.useSearch().invitation} />
  },
})
