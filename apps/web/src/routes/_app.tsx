import { createFileRoute, Outlet, redirect, useMatches } from '@tanstack/react-router'
import { NoWorkspace } from '../session/no-workspace.tsx'
import { sessionQuery } from '../session/use-member.ts'
import { WorkspaceTime } from '../session/workspace-time.tsx'
import { AppShell } from '../shell/app-shell.tsx'
import { Loading } from '../ui/spinner.tsx'

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (session.as === 'nobody') throw redirect({ to: '/sign-in', search: { to: location.href } })
    return { session }
  },
  pendingComponent: Loading,
  component: function App() {
    const { session } = Route.useRouteContext()
    const narrow = useMatches({ select: (matches) => matches.some((match) => match.staticData.narrow) })
    if (session.as === 'outsider') return <NoWorkspace email={session.email} />
    return (
      <WorkspaceTime>
        <AppShell narrow={narrow}>
          <Outlet />
        </AppShell>
      </WorkspaceTime>
    )
  },
})

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The page wants the whole width: the sidebar folds to a rail. */
    narrow?: boolean
  }
}
