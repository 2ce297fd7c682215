import { QueryClient } from '@tanstack/react-query'
import { Failure } from './api.ts'

/**
 * The one cache of server data; refusals are not retried, lost connections are. What a member sends fails at once
 * without a network: a dialog stays while it is on its way, and must not wait for a network that may never come.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      retry: (count, error) => !(error instanceof Failure) && count < 3,
      refetchOnWindowFocus: true,
    },
    mutations: { networkMode: 'always' },
  },
})
