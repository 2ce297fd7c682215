import { useQuery } from '@tanstack/react-query'
import type { Client } from '@tropa/api/client'
import { type Answer, api, Failure } from '../api.ts'

/** What does not answer, and since when, if that is known. */
export interface Away {
  what: 'server' | 'engine' | 'temporal'
  since: string | null
}

type EngineState = Answer<Client['api']['engine']['$get']>

/** A server that says nothing at all is not waited for any longer. */
const patienceMs = 8_000
/** A single missed answer is no outage: the server may just be restarting. */
const missedMs = 12_000

/** What keeps journeys from moving or this page from being fresh, from the last answer and when it came. */
export function awayOf(
  last: EngineState | undefined,
  error: unknown,
  { answeredAt, now }: { answeredAt: number; now: number },
): Away | null {
  if (error && !(error instanceof Failure))
    return answeredAt > 0 && now - answeredAt > missedMs
      ? { what: 'server', since: new Date(answeredAt).toISOString() }
      : null
  return last?.away ? { what: last.away, since: last.since } : null
}

/** Asks every few seconds whether journeys can move. */
export function useAway(): Away | null {
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: ['engine'],
    queryFn: ({ signal }) =>
      api.get<EngineState>('/api/engine', AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])),
    refetchInterval: 4000,
    retry: false,
  })
  return awayOf(data, error, { answeredAt: dataUpdatedAt, now: Date.now() })
}
