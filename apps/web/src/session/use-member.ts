import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { Unreachable } from '../api.ts'
import { authClient } from './auth-client.ts'

export interface Workspace {
  id: string
  name: string
}

/** The signed-in member in the workspace they work in. */
export interface Member {
  id: string
  name: string
  email: string
  role: string
  workspace: Workspace
  workspaces: Workspace[]
}

/** Nobody, somebody without a workspace, or a member of one. */
export type SessionState =
  | { as: 'nobody' }
  | { as: 'outsider'; email: string }
  | { as: 'member'; member: Member }

interface AuthAnswer<T> {
  data: T | null
  error: { status: number; statusText: string; message?: string | undefined } | null
}

async function answered<T>(call: Promise<AuthAnswer<T>>): Promise<T | null> {
  const { data, error } = await call.catch((cause) => {
    throw new Unreachable(cause)
  })
  if (error && error.status >= 500) throw new Unreachable(error)
  if (error && error.status !== 401) throw new Error(error.message ?? error.statusText)
  return data
}

async function readSession(): Promise<SessionState> {
  const current = await answered(authClient.getSession())
  if (!current) return { as: 'nobody' }
  const { user } = current
  const workspaces = (await answered(authClient.organization.list())) ?? []
  const active = current.session.activeOrganizationId
  const workspace = workspaces.find(({ id }) => id === active) ?? workspaces[0]
  if (!workspace) return { as: 'outsider', email: user.email }
  if (workspace.id !== active)
    await answered(authClient.organization.setActive({ organizationId: workspace.id }))
  const membership = await answered(authClient.organization.getActiveMember())
  return {
    as: 'member',
    member: {
      id: user.id,
      name: user.name,
      email: user.email,
      role: membership?.role ?? '',
      workspace,
      workspaces,
    },
  }
}

/** The query of who is signed in; the routes below the shell wait for it. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: readSession,
  staleTime: 60_000,
})

/** The signed-in member; only below the app shell, which lets nobody else in. */
export function useMember(): Member {
  const { data } = useSuspenseQuery(sessionQuery)
  if (data.as !== 'member') throw new Error('useMember was called outside the app shell')
  return data.member
}
