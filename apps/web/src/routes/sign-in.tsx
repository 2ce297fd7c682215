import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod'
import { SignInPage } from '../session/sign-in-page.tsx'

/** Only a path of this site may follow sign-in. */
const inside = z.string().regex(/^\/(?![/\\])/)

export const Route = createFileRoute('/sign-in')({
  validateSearch: z.object({ to: inside.catch('/journeys').default('/journeys') }),
  component: function SignIn() {
    return <SignInPage to={Route.useSearch().to} />
  },
})
