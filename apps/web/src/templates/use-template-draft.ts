import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Failure } from '../api.ts'
import { catalogueQuery } from '../journeys/journey-queries.ts'
import { useDebounced } from '../lists/use-debounced.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { showToast } from '../ui/toast.tsx'
import { draftOf, sameDraft, type Template, type TemplateDraft, type TemplatePreview } from './template.ts'

/** A draft over a stored template: saving over the revision it was made from, and what a conflict leaves. */
export function useTemplateDraft(stored: Template) {
  const api = useWorkspaceApi()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<TemplateDraft>(() => draftOf(stored))
  const [base, setBase] = useState(stored)
  const [conflict, setConflict] = useState(false)
  const key = ['template', stored.id]
  const save = useMutation({
    mutationFn: (revision: number) => api.put<Template>(`/templates/${stored.id}`, { ...draft, revision }),
    onSuccess: (answer) => {
      const saved: Template = { ...base, ...draft, ...answer }
      setBase(saved)
      setConflict(false)
      queries.setQueryData(key, saved)
      void queries.invalidateQueries({ queryKey: ['list', '/templates'] })
      void queries.invalidateQueries({ queryKey: catalogueQuery(api).queryKey })
    },
    onError: (error) => {
      if (error instanceof Failure && error.status === 409) setConflict(true)
      else showToast({ text: error.message, look: 'error' })
    },
  })
  const settle = useMutation({
    mutationFn: (_: 'mine' | 'theirs') => api.get<Template>(`/templates/${stored.id}`),
    onSuccess: (fresh, choice) => {
      if (choice === 'mine') return save.mutate(fresh.revision)
      setBase(fresh)
      setDraft(draftOf(fresh))
      setConflict(false)
    },
    onError: (error) => showToast({ text: error.message, look: 'error' }),
  })
  return {
    draft,
    set: (change: Partial<TemplateDraft>) => setDraft((old) => ({ ...old, ...change })),
    changed: !sameDraft(draft, base),
    saving: save.isPending,
    save: () => save.mutate(base.revision),
    conflict,
    settle: settle.mutate,
  }
}

/** The letter drawn anew whenever writing rests; `shown` is the newest that could be drawn. */
export function useTemplatePreview(draft: TemplateDraft, customerId: string | undefined) {
  const api = useWorkspaceApi()
  const rested = useDebounced(draft, 400)
  const { subject, preheader, format, body } = rested
  const [last, setLast] = useState<TemplatePreview | null>(null)
  const query = useQuery({
    queryKey: ['template-preview', subject, preheader, format, body, customerId],
    queryFn: () =>
      api.post<TemplatePreview>('/templates/preview', {
        subject,
        preheader,
        format,
        body,
        ...(customerId ? { customerId } : {}),
      }),
    staleTime: 30_000,
  })
  const answer = query.data
  useEffect(() => {
    if (answer?.html) setLast(answer)
  }, [answer])
  return {
    shown: answer?.html ? answer : last,
    /** Null until the first answer: nothing is known of the template yet. */
    problems: answer?.problems ?? null,
    warnings: answer?.warnings ?? [],
    variables: answer?.variables ?? [],
    busy: query.isFetching,
    error: query.error,
  }
}
