import { useQuery } from '@tanstack/react-query'
import { canonicalJson } from '@tropa/journey'
import { useMemo } from 'react'
import { useEditor } from '../canvas/editor/editor-context.tsx'
import { useWorkspaceApi } from '../session/use-member.ts'
import { type Journey, versionQuery } from './journey-queries.ts'

/** Whether the draft on the screen is exactly the version that is live. */
export function useNothingNew(journey: Journey): boolean {
  const api = useWorkspaceApi()
  const draft = useEditor((state) => state.graph)
  const { data: live } = useQuery(versionQuery(api, journey.id, journey.liveVersion?.number ?? null))
  const published = useMemo(() => live && canonicalJson(live.graph), [live])
  return useMemo(() => published !== undefined && published === canonicalJson(draft), [published, draft])
}
