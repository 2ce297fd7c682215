import { queryOptions } from '@tanstack/react-query'
import type { Catalogue, Graph, Problem } from '@tropa/journey'
import { type Answer, Failure, type Routes, type Row, Unreachable } from '../api.ts'
import type { SaveAnswer, Stale } from '../canvas/editor/autosave.ts'
import type { PlannedNames } from '../fields/offers.ts'
import type { PageOf } from '../lists/use-paged-list.ts'
import type { WorkspaceApi } from '../session/use-member.ts'

/** A row of the list of journeys. */
export type JourneySummary = Row<Routes['journeys']['$get']>

export type JourneyStatus = JourneySummary['status']

/** A journey with its draft; the graph and the problems are those of the core. */
export type Journey = Omit<Answer<Routes['journeys'][':id']['$get']>, 'draft' | 'problems'> & {
  draft: Graph
  problems: Problem[]
}

type VersionSummary = Row<Routes['journeys'][':id']['versions']['$get']>

/** What publishing would do. */
export type Receipt = Answer<Routes['journeys'][':id']['check']['$post']>['receipt']

export type Counts = Answer<Routes['journeys'][':id']['counts']['$get']>

/** A published version as publishing answers it. */
export type Published = Answer<Routes['journeys'][':id']['publish']['$post']>

/** One journey with its draft; read once by the editor, which keeps the draft itself from then on. */
export const journeyQuery = (api: WorkspaceApi, id: string) =>
  queryOptions({
    queryKey: [api.path(`/journeys/${id}`)],
    queryFn: ({ signal }) => api.get<Journey>(`/journeys/${id}`, signal),
  })

/** The catalogue with how many events of each name there are, and the names nothing has come in under yet. */
export type WiderCatalogue = Catalogue & { planned: PlannedNames[]; eventCounts: Record<string, number> }

/** What drafts of the workspace can refer to. */
export const catalogueQuery = (api: WorkspaceApi) =>
  queryOptions({
    queryKey: [api.path('/catalogue')],
    queryFn: ({ signal }) => api.get<WiderCatalogue>('/catalogue', signal),
    staleTime: 30_000,
  })

/** Live numbers of the running version, asked for every two seconds while `live`. */
export const countsQuery = (api: WorkspaceApi, id: string, live: boolean) =>
  queryOptions({
    queryKey: [api.path(`/journeys/${id}/counts`)],
    queryFn: ({ signal }) => api.get<Counts>(`/journeys/${id}/counts`, signal),
    enabled: live,
    refetchInterval: 2000,
  })

/** The published versions of a journey, newest first. */
export const versionsQuery = (api: WorkspaceApi, id: string) =>
  queryOptions({
    queryKey: [api.path(`/journeys/${id}/versions`)],
    queryFn: ({ signal }) => api.get<PageOf<VersionSummary>>(`/journeys/${id}/versions`, signal),
  })

/** A frozen version with its graph; it never changes. */
export const versionQuery = (api: WorkspaceApi, id: string, number: number | null) =>
  queryOptions({
    queryKey: [api.path(`/journeys/${id}/versions/${number}`)],
    queryFn: ({ signal }) => api.get<{ graph: Graph }>(`/journeys/${id}/versions/${number}`, signal),
    enabled: number !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })

interface Current {
  revision: number
  graph: Graph
  updatedBy: string | null
  updatedAt: string | null
}

/** What a refusal says somebody else has saved meanwhile, if that is why. */
export function staleOf(error: unknown): Stale | null {
  if (!(error instanceof Failure) || error.code !== 'version_conflict') return null
  const { revision, graph, updatedBy, updatedAt } = error.body.current as Current
  return { ok: false, because: 'stale', revision, graph, savedBy: updatedBy, savedAt: updatedAt }
}

/** Somebody who leaves the page waits for the last save: a server that says nothing is not waited for any longer. */
const saveWithinMs = 8_000

/** Saves a draft; a refusal becomes an answer the editor can show. */
export async function saveDraft(
  api: WorkspaceApi,
  id: string,
  graph: Graph,
  revision: number,
): Promise<SaveAnswer> {
  try {
    const saved = await api.put<Answer<Routes['journeys'][':id']['draft']['$put']>>(
      `/journeys/${id}/draft`,
      { revision, graph },
      AbortSignal.timeout(saveWithinMs),
    )
    return { ok: true, revision: saved.revision }
  } catch (error) {
    if (error instanceof Unreachable) return { ok: false, because: 'offline' }
    const stale = staleOf(error)
    if (stale) return stale
    if (error instanceof Failure) return { ok: false, because: 'refused', sentence: error.message }
    throw error
  }
}
