import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { controlLook } from '../ui/input.tsx'
import { Popover } from '../ui/popover.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { SearchBox } from './search-box.tsx'
import { usePagedList } from './use-paged-list.ts'

/** One thing of a list as a member knows it. */
export interface Picked {
  id: string
  name: string
}

interface SearchPickerProps<Item> {
  /** The list route, which takes `search`. */
  path: string
  present: (item: Item) => Picked & { hint?: string }
  value: Picked | null
  onChange: (picked: Picked | null) => void
  /** What is chosen, “Customer”. */
  label: string
  /** What the open list is called, “Choose a customer”. */
  title: string
  /** What the search box says. */
  search: string
  /** What it says while nothing is chosen. */
  placeholder: string
  className?: string | undefined
}

const row = 'flex w-full min-w-0 flex-col rounded-md px-2 py-1.5 text-left text-sm hover:bg-sunken'

function Found<Item>({ path, present, search, take }: FoundProps<Item>) {
  const { t } = useTranslation('lists')
  const { t: tUi } = useTranslation('ui')
  const list = usePagedList<Item>(path, { search, limit: 20 })
  if (list.isPending)
    return (
      <div className="p-2 text-ink-3">
        <Spinner label={tUi('loading')} />
      </div>
    )
  return (
    <>
      {list.isError && <p className="p-2 text-sm text-err">{list.error.message}</p>}
      {list.items.map(present).map(({ id, name, hint }) => (
        <button key={id} type="button" className={row} onClick={() => take({ id, name })}>
          <span className="truncate">{name}</span>
          {hint && <span className="truncate text-xs text-ink-3">{hint}</span>}
        </button>
      ))}
      {list.hasNextPage && (
        <Button
          size="sm"
          look="ghost"
          busy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
      {list.isSuccess && list.items.length === 0 && (
        <p className="p-2 text-sm text-ink-3">{tUi('nothingFound')}</p>
      )}
    </>
  )
}

interface FoundProps<Item> extends Pick<SearchPickerProps<Item>, 'path' | 'present' | 'search'> {
  take: (picked: Picked) => void
}

/** One thing of a list that may be long, found by typing. */
export function SearchPicker<Item>(props: SearchPickerProps<Item>) {
  const { path, present, value, onChange, label, title, search, placeholder, className } = props
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState('')
  const take = (picked: Picked | null) => {
    onChange(picked)
    setOpen(false)
  }
  return (
    <Popover
      label={title}
      open={open}
      onOpenChange={setOpen}
      className="w-72 p-2"
      trigger={
        <button
          type="button"
          aria-label={`${label}: ${value?.name ?? placeholder}`}
          className={cx(controlLook, 'flex items-center justify-between gap-2 text-left', className)}
        >
          <span className={cx('min-w-0 truncate', !value && 'text-ink-3')}>{value?.name ?? placeholder}</span>
          <ChevronsUpDown size={14} className="shrink-0 text-ink-3" aria-hidden />
        </button>
      }
    >
      <SearchBox value={wanted} onChange={setWanted} label={search} autoFocus />
      <div className="mt-2 max-h-64 overflow-y-auto">
        {value && (
          <button type="button" className={cx(row, 'text-ink-2')} onClick={() => take(null)}>
            {placeholder}
          </button>
        )}
        <Found path={path} present={present} search={wanted} take={take} />
      </div>
    </Popover>
  )
}
