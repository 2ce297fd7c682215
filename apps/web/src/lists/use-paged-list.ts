import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useWorkspaceApi } from '../session/use-member.ts'
import { withQuery } from './query-string.ts'

/** A page of a list as every list route answers it. */
export interface PageOf<Item> {
  items: Item[]
  next: string | null
  /** How many there are in all, where a list counts them; null when they are too many to count. */
  total?: number | null
}

interface Options {
  /** Reads again every so many milliseconds. */
  every?: number | false
  enabled?: boolean
}

/** A list read page by page, as components take it. */
export type PagedList<Item> = ReturnType<typeof usePagedList<Item>>

/** A list read page by page; `params` are its filters, and what was shown stays while new filters load. */
export function usePagedList<Item>(
  path: string,
  params: Record<string, string | number | undefined> = {},
  { every = false, enabled = true }: Options = {},
) {
  const api = useWorkspaceApi()
  const query = useInfiniteQuery({
    queryKey: ['list', path, params],
    queryFn: ({ pageParam, signal }) =>
      api.get<PageOf<Item>>(withQuery(path, { ...params, cursor: pageParam }), signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: every,
    enabled,
  })
  const total = query.data?.pages[0]?.total
  return { ...query, total, items: query.data?.pages.flatMap((page) => page.items) ?? [] }
}
