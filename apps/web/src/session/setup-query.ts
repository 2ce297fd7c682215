import { queryOptions } from '@tanstack/react-query'
import { api } from '../api.ts'

interface Setup {
  needsOwner: boolean
  demo: { email: string; password: string } | null
}

/** Whether this installation still waits for its first owner, and the demo workspace's door. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api.get<Setup>('/api/setup', signal),
})
