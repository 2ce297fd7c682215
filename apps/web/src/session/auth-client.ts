import { createAuthClient } from 'better-auth/react'

/** The members' door: signing in and out under `/auth`. */
export const authClient = createAuthClient({ baseURL: window.location.origin, basePath: '/auth' })
