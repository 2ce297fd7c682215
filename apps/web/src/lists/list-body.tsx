import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'
import type { PagedList } from './use-paged-list.ts'

interface ListBodyProps {
  list: Pick<
    PagedList<unknown>,
    | 'isPending'
    | 'isError'
    | 'error'
    | 'refetch'
    | 'items'
    | 'hasNextPage'
    | 'isFetchingNextPage'
    | 'fetchNextPage'
  >
  /** What stands here when there is nothing. */
  empty: ReactNode
  children: ReactNode
}

/** The four faces of a list: loading, an error, nothing, and its rows with a way to more. */
export function ListBody({ list, empty, children }: ListBodyProps) {
  const { t } = useTranslation('lists')
  if (list.isPending) return <Loading />
  if (list.isError && list.items.length === 0) {
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  }
  if (list.items.length === 0) return empty
  return (
    <>
      {children}
      {list.hasNextPage && (
        <div className="flex justify-center py-4">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  )
}
