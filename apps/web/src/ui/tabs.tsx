import { Tabs as Radix } from 'radix-ui'
import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { cx } from './cx.ts'

export interface Tab<V extends string = string> {
  value: V
  label: ReactNode
  content: ReactNode
}

interface TabsProps<V extends string> {
  value: V
  onChange: (value: V) => void
  tabs: readonly Tab<V>[]
  label: string
  className?: string
}

/** Whether more of a row stands beyond its right edge, and what to call when the row has been scrolled. */
function useMoreRight(row: RefObject<HTMLElement | null>): [more: boolean, look: () => void] {
  const [more, setMore] = useState(false)
  const look = useCallback(() => {
    if (row.current) setMore(row.current.scrollLeft + row.current.clientWidth < row.current.scrollWidth - 4)
  }, [row])
  useEffect(() => {
    look()
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  }, [look])
  return [more, look]
}

/** Panels of one thing, one shown at a time; keep `value` in the address so that reload restores it. */
export function Tabs<V extends string>({ value, onChange, tabs, label, className }: TabsProps<V>) {
  const list = useRef<HTMLDivElement>(null)
  // On a narrow screen the row scrolls, and the chosen tab may stand outside it.
  useEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>(`[data-tab="${value}"]`)
    if (list.current && chosen) list.current.scrollLeft = chosen.offsetLeft - list.current.clientWidth / 2
  }, [value])
  const [more, look] = useMoreRight(list)
  return (
    <Radix.Root
      value={value}
      onValueChange={(chosen) => onChange(chosen as V)}
      className={cx('flex min-h-0 flex-col', className)}
    >
      <Radix.List
        ref={list}
        aria-label={label}
        onScroll={look}
        className={cx('relative flex shrink-0 gap-2 overflow-x-auto border-b', more && 'mask-r-from-80%')}
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            data-tab={tab.value}
            className="-mb-px h-9 rounded-sm border-b-2 px-1 border-transparent text-sm whitespace-nowrap text-ink-2 outline-offset-[-2px] hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="min-h-0 flex-1 pt-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
