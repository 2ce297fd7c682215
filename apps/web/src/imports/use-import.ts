import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useWorkspaceApi } from '../session/use-member.ts'
import { showToast } from '../ui/toast.tsx'
import { type FileFormat, type ImportJob, type ImportMode, isMoving, type Mapping } from './import-job.ts'

/** What the wizard may change before the start. */
export interface ImportChange {
  format?: Partial<Pick<FileFormat, 'separator' | 'header' | 'encoding'>>
  mapping?: Mapping
  mode?: ImportMode
  secondsPerDay?: number
}

export type ImportAction = 'start' | 'pause' | 'resume' | 'stop' | 'undo'

/** An import, fresh every second while it runs. */
export function useImport(importId: string) {
  const api = useWorkspaceApi()
  return useQuery({
    queryKey: ['import', importId],
    queryFn: ({ signal }) => api.get<ImportJob>(`/imports/${importId}`, signal),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.status) ? 1000 : false),
    staleTime: 0,
  })
}

/** Changes an import that has not started; the answer carries a fresh preview. */
export function useChangeImport(importId: string) {
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: ImportChange) => api.patch<ImportJob>(`/imports/${importId}`, change),
    onSuccess: (job) => queries.setQueryData<ImportJob>(['import', importId], (old) => ({ ...old, ...job })),
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
}

/** Starts, pauses, resumes, stops or undoes an import. */
export function useImportAction(importId: string) {
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (action: ImportAction) => api.post(`/imports/${importId}/${action}`),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['list', '/imports'] })
      // Awaited: the button stays busy until the page shows what came of it, since a second press would be refused.
      return queries.invalidateQueries({ queryKey: ['import', importId] })
    },
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
}

/** Gives the fast clock of a run another speed. */
export function useChangePace(importId: string) {
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (secondsPerDay: number) => api.post(`/imports/${importId}/pace`, { secondsPerDay }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['import', importId] }),
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
}
