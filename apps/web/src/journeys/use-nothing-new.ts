import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { canonicalJson, type Graph } from '@tropa/journey'
import { useMemo } from 'react'
import { useEditor } from '../canvas/editor/editor-context.tsx'
import { useWorkspaceApi } from '../session/use-member.ts'
import { type Journey, versionQuery } from './journey-queries.ts'

/** What a graph says, comparable as text: where its cards stand is no part of it. */
export function contentOf({ nodes, ...rest }: Graph): string {
  return canonicalJson({ ...rest, nodes: nodes.map(({ position: _, ...node }) => node) })
}

/**
 * Whether the draft on the screen says exactly what the live version says, wherever its cards stand;
 * undefined as long as the live version is still being read.
 */
export function useNothingNew(journey: Journey): boolean | undefined {
  const api = useWorkspaceApi()
  const draft = useEditor((state) => state.graph)
  const { data: live, isLoading } = useQuery({
    ...versionQuery(api, journey.id, journey.liveVersion?.number ?? null),
    placeholderData: keepPreviousData,
  })
  const published = useMemo(() => live && contentOf(live.graph), [live])
  const same = useMemo(() => published !== undefined && published === contentOf(draft), [published, draft])
  return isLoading ? undefined : same
}
