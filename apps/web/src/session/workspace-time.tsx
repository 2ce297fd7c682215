import type { ReactNode } from 'react'
import { TimeZone } from '../i18n/time-zone.ts'
import { useMember } from './use-member.ts'

/** Shows every instant below in the workspace's time zone, so that all members and all sentences say the same hour. */
export function WorkspaceTime({ children }: { children: ReactNode }) {
  const { workspace } = useMember()
  return <TimeZone value={workspace.timeZone}>{children}</TimeZone>
}
