import { QueryClient } from '@tanstack/react-query'
import { Failure } from './api.ts'

/** The one cache of server data; refusals are not retried, lost connections are. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      retry: (count, error) => !(error instanceof Failure) && count < 3,
      refetchOnWindowFocus: true,
    },
  },
})
