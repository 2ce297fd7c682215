import { createContext } from 'react'

/** The zone instants are shown in: the workspace's inside the app; before somebody has signed in, the browser's own. */
export const TimeZone = createContext<string | undefined>(undefined)
