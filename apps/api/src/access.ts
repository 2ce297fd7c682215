/** The roles of a workspace, most powerful first. */
export const roles = ['owner', 'admin', 'marketer', 'analyst', 'support'] as const

export type Role = (typeof roles)[number]

const everyone = roles
const managers = ['owner', 'admin'] as const satisfies readonly Role[]
const makers = ['owner', 'admin', 'marketer'] as const satisfies readonly Role[]
const helpers = ['owner', 'admin', 'marketer', 'support'] as const satisfies readonly Role[]
const readers = ['owner', 'admin', 'marketer', 'analyst'] as const satisfies readonly Role[]

/** The one table of who may do what; every workspace route names an action of it. */
export const access = {
  'workspace.read': everyone,
  'workspace.update': managers,
  'members.read': everyone,
  'members.update': managers,
  'invitations.read': managers,
  'invitations.update': managers,
  'keys.read': managers,
  'keys.update': managers,
  'audit.read': managers,
  'journeys.read': everyone,
  'journeys.update': makers,
  'journeys.publish': makers,
  'catalogue.read': everyone,
  'customers.read': everyone,
  'customers.update': makers,
  'consents.update': helpers,
  'enrollments.read': everyone,
  'enrollments.update': ['owner', 'admin', 'support'],
  'messages.release': ['owner', 'admin', 'support'],
  'templates.read': readers,
  'templates.update': makers,
  'connections.read': readers,
  'connections.update': managers,
  'mails.read': everyone,
  'mails.update': makers,
  'imports.read': readers,
  'imports.update': makers,
} as const satisfies Record<string, readonly Role[]>

export type Action = keyof typeof access

/** Whether a role may do an action. */
export function mayDo(role: Role, action: Action): boolean {
  const allowed: readonly Role[] = access[action]
  return allowed.includes(role)
}

/** Whether a stored word is a role we know. */
export function isRole(word: string): word is Role {
  return (roles as readonly string[]).includes(word)
}
