import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchBox } from '../lists/search-box.tsx'
import { usePagedList } from '../lists/use-paged-list.ts'
import { cx } from '../ui/cx.ts'
import { controlLook } from '../ui/input.tsx'
import { Popover } from '../ui/popover.tsx'
import { Spinner } from '../ui/spinner.tsx'
import type { CustomerRow } from './customer.ts'

export interface PickedCustomer {
  id: string
  name: string
}

interface CustomerPickerProps {
  value: PickedCustomer | null
  onChange: (customer: PickedCustomer | null) => void
  /** What it says while nobody is chosen. */
  placeholder: string
  className?: string
}

const row = 'flex w-full min-w-0 flex-col rounded-md px-2 py-1.5 text-left text-sm hover:bg-sunken'

/** One customer of the workspace, found by typing. */
export function CustomerPicker({ value, onChange, placeholder, className }: CustomerPickerProps) {
  const { t } = useTranslation('customers')
  const { t: tUi } = useTranslation('ui')
  const [open, setOpen] = useState(false)
  const [search, setSearch] = useState('')
  const list = usePagedList<CustomerRow>('/customers', { search, limit: 20 }, { enabled: open })
  const take = (customer: PickedCustomer | null) => {
    onChange(customer)
    setOpen(false)
  }
  return (
    <Popover
      label={t('pickTitle')}
      open={open}
      onOpenChange={setOpen}
      className="w-72 p-2"
      trigger={
        <button
          type="button"
          aria-label={`${t('pick')}: ${value?.name ?? placeholder}`}
          className={cx(controlLook, 'flex items-center justify-between gap-2 text-left', className)}
        >
          <span className={cx('min-w-0 truncate', !value && 'text-ink-3')}>{value?.name ?? placeholder}</span>
          <ChevronsUpDown size={14} className="shrink-0 text-ink-3" aria-hidden />
        </button>
      }
    >
      <SearchBox value={search} onChange={setSearch} label={t('search')} autoFocus />
      <div className="mt-2 max-h-64 overflow-y-auto">
        {value && (
          <button type="button" className={cx(row, 'text-ink-2')} onClick={() => take(null)}>
            {placeholder}
          </button>
        )}
        {list.isPending && (
          <div className="p-2 text-ink-3">
            <Spinner label={tUi('loading')} />
          </div>
        )}
        {list.isError && <p className="p-2 text-sm text-err">{list.error.message}</p>}
        {list.items.map((customer) => {
          const name = customer.name || customer.email || customer.externalId || t('nameless')
          return (
            <button
              key={customer.id}
              type="button"
              className={row}
              onClick={() => take({ id: customer.id, name })}
            >
              <span className="truncate">{name}</span>
              <span className="truncate text-xs text-ink-3">
                {[customer.email, customer.externalId].filter((known) => known && known !== name).join(' · ')}
              </span>
            </button>
          )
        })}
        {list.isSuccess && list.items.length === 0 && (
          <p className="p-2 text-sm text-ink-3">{tUi('nothingFound')}</p>
        )}
      </div>
    </Popover>
  )
}
