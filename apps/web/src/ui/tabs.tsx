import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
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

/** Panels of one thing, one shown at a time; keep `value` in the address so that reload restores it. */
export function Tabs<V extends string>({ value, onChange, tabs, label, className }: TabsProps<V>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(chosen) => onChange(chosen as V)}
      className={cx('flex min-h-0 flex-col', className)}
    >
      <Radix.List aria-label={label} className="flex shrink-0 gap-4 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px h-9 border-b-2 border-transparent text-sm whitespace-nowrap text-ink-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
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
