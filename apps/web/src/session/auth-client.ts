import { organizationClient } from 'better-auth/client/plugins'
import { createAuthClient } from 'better-auth/react'

/** The members' door: sessions, workspaces and invitations under `/auth`. */
export const authClient = createAuthClient({
  baseURL: window.location.origin,
  basePath: '/auth',
  plugins: [organizationClient()],
})
