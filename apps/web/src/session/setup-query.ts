import { queryOptions } from '@tanstack/react-query'
import type { Client } from '@tropa/api/client'
import { type Answer, api } from '../api.ts'

type Setup = Answer<Client['api']['setup']['$get']>

/** Whether this installation still waits for its first owner, and the demo workspace's door. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api.get<Setup>('/api/setup', signal),
})
