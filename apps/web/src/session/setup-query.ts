import { queryOptions } from '@tanstack/react-query'
import type { Client } from '@tropa/api/client'
import { type Answer, api } from '../api.ts'
import { withQuery } from '../lists/query-string.ts'

type Setup = Answer<Client['api']['setup']['$get']>

/** As `setupQuery`, and whether the one-time link with this token still works. */
export const setupLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ['setup', token],
    queryFn: ({ signal }) => api.get<Setup>(withQuery('/api/setup', { token }), signal),
  })

/** Whether this installation still waits for its first owner, and the demo workspace's door. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api.get<Setup>('/api/setup', signal),
})
