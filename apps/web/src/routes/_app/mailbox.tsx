import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { mailViews } from '../../mailbox/mail-reader.tsx'
import { MailboxPage } from '../../mailbox/mailbox-page.tsx'

const words = z.string().min(1).optional().catch(undefined)

export const Route = createFileRoute('/_app/mailbox')({
  validateSearch: z.object({
    mail: words,
    message: words,
    view: z.enum(mailViews).optional().catch(undefined),
    search: words,
    to: words,
  }),
  component: function Mailbox() {
    const address = Route.useSearch()
    const navigate = Route.useNavigate()
    return (
      <MailboxPage
        address={address}
        onAddress={(search) =>
          void navigate({ search, replace: search.mail === address.mail || search.mail !== undefined })
        }
      />
    )
  },
})
