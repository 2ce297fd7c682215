import type { Role } from '../session/use-member.ts'

/** The roles in the order a list offers them. */
export const roles: readonly Role[] = ['owner', 'admin', 'marketer', 'analyst', 'support']
