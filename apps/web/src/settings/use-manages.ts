import { useMember } from '../session/use-member.ts'

/** Whether the member may change the workspace, its members, keys and connections. */
export function useManages(): boolean {
  const { role } = useMember()
  return role === 'owner' || role === 'admin'
}
