import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import type { Client } from '@tropa/api/client'
import { useMemo } from 'react'
import { type Answer, api, apiAt, Failure } from '../api.ts'

export type Role = 'owner' | 'admin' | 'marketer' | 'analyst' | 'support'

type AnsweredMe = Answer<Client['api']['me']['$get']>

export type Workspace = AnsweredMe['workspaces'][number] & { role: Role }

/** Who is signed in, and the workspaces they may work in with the role they have there. */
type Me = Omit<AnsweredMe, 'workspaces'> & { workspaces: Workspace[] }

/** The signed-in member in the workspace they work in. */
export interface Member {
  id: string
  name: string
  email: string
  role: Role
  workspace: Workspace
  workspaces: Workspace[]
}

/** Nobody, somebody without a workspace, or a member of one. */
export type SessionState =
  | { as: 'nobody' }
  | { as: 'outsider'; email: string }
  | { as: 'member'; member: Member }

const storageKey = 'tropa.workspace'

/** Remembers in this browser which workspace the member works in; takes effect when the session is read again. */
export function rememberWorkspace(id: string): void {
  localStorage.setItem(storageKey, id)
}

async function readSession(): Promise<SessionState> {
  const me = await api.get<Me>('/api/me').catch((error: unknown) => {
    if (error instanceof Failure && error.status === 401) return null
    throw error
  })
  if (!me) return { as: 'nobody' }
  const { user, workspaces } = me
  const remembered = localStorage.getItem(storageKey)
  const workspace = workspaces.find(({ id }) => id === remembered) ?? workspaces[0]
  if (!workspace) return { as: 'outsider', email: user.email }
  return { as: 'member', member: { ...user, role: workspace.role, workspace, workspaces } }
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

/** The member API of one workspace. */
export type WorkspaceApi = ReturnType<typeof apiAt>

/** The member API of a workspace, outside components. */
export function workspaceApi(workspaceId: string): WorkspaceApi {
  return apiAt(`/api/w/${workspaceId}`)
}

/** The API bound to the member's workspace; the same object as long as the workspace stays. */
export function useWorkspaceApi(): WorkspaceApi {
  const { workspace } = useMember()
  return useMemo(() => workspaceApi(workspace.id), [workspace.id])
}

/** Whether the member may change and publish journeys, templates and imports. */
export function useCanEdit(): boolean {
  const { role } = useMember()
  return role === 'owner' || role === 'admin' || role === 'marketer'
}
