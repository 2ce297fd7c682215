import { randomUUID } from 'node:crypto'
import { type Database, tables } from '@tropa/db'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { organization } from 'better-auth/plugins/organization'
import { memberAc, ownerAc } from 'better-auth/plugins/organization/access'

/** How long a password must and may be. */
export const minPasswordLength = 10
export const maxPasswordLength = 200

/** How often one address may try to sign in to whatever account; behind it may be a whole office. */
const addressRate = { seconds: 10, times: 100 }

/** The header in which the app tells better-auth the caller's real address; a caller's own is overwritten. */
export const clientAddressHeader = 'x-tropa-client-address'

export interface AuthOptions {
  db: Database
  baseUrl: string
  origins: string[]
  secret: string
  /** Off only in tests, which sign in more often than people do. */
  rateLimit: boolean
}

/** Opens the members' door: email and password, workspaces as organizations. Nobody signs up by themselves. */
export function openAuth({ db, baseUrl, origins, secret, rateLimit }: AuthOptions) {
  return betterAuth({
    appName: 'Tropa',
    baseURL: baseUrl,
    basePath: '/auth',
    secret,
    trustedOrigins: origins,
    database: drizzleAdapter(db, { provider: 'pg', schema: tables, transaction: true }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength,
      maxPasswordLength,
    },
    session: { expiresIn: 60 * 60 * 24 * 14, updateAge: 60 * 60 * 24, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: rateLimit,
      window: addressRate.seconds,
      max: 200,
      customRules: { '/sign-in/email': { window: addressRate.seconds, max: addressRate.times } },
    },
    advanced: {
      database: { generateId: () => randomUUID() },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      cookiePrefix: 'tropa',
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
    plugins: [
      organization({
        roles: { owner: ownerAc, admin: ownerAc, marketer: memberAc, analyst: memberAc, support: memberAc },
        creatorRole: 'owner',
        allowUserToCreateOrganization: false,
        cancelPendingInvitationsOnReInvite: true,
      }),
    ],
  })
}

export type Auth = ReturnType<typeof openAuth>

/**
 * The parts of better-auth that are reachable from outside. None of them changes who belongs to a workspace: members and
 * invitations have routes of their own, which write the audit row with the change.
 */
export const openAuthPaths = new Set([
  '/auth/sign-in/email',
  '/auth/sign-out',
  '/auth/get-session',
  '/auth/change-password',
  '/auth/update-user',
  '/auth/organization/list',
  '/auth/organization/set-active',
])
