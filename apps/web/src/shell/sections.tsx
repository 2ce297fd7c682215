import {
  FileText,
  Inbox,
  type LucideIcon,
  Route,
  Settings,
  Upload,
  UserRoundSearch,
  Waypoints,
} from 'lucide-react'

/** The places of the app in sidebar order. */
export const sections = [
  { to: '/journeys', label: 'journeys', icon: Route },
  { to: '/customers', label: 'customers', icon: UserRoundSearch },
  { to: '/enrollments', label: 'enrollments', icon: Waypoints },
  { to: '/mailbox', label: 'mailbox', icon: Inbox },
  { to: '/imports', label: 'imports', icon: Upload },
  { to: '/templates', label: 'templates', icon: FileText },
  { to: '/settings', label: 'settings', icon: Settings },
] as const satisfies readonly { to: string; label: string; icon: LucideIcon }[]
