import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './kbd.tsx'

export type MenuItem =
  | {
      label: ReactNode
      onSelect: () => void
      icon?: ReactNode
      shortcut?: string
      danger?: boolean
      disabled?: boolean
      checked?: boolean
    }
  | { heading: ReactNode }
  | 'separator'

const row =
  'flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1 text-sm outline-none select-none ' +
  'data-highlighted:bg-sunken data-disabled:cursor-not-allowed data-disabled:opacity-50'

function Item({ item, onChoose }: { item: MenuItem; onChoose: (act: () => void) => void }) {
  if (item === 'separator') return <DropdownMenu.Separator className="my-1 h-px bg-line" />
  if ('heading' in item) {
    return (
      <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-xs text-ink-3">{item.heading}</DropdownMenu.Label>
    )
  }
  return (
    <DropdownMenu.Item
      disabled={item.disabled ?? false}
      onSelect={() => onChoose(item.onSelect)}
      className={cx(row, item.danger && 'text-err')}
    >
      {item.icon}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.checked && <Check size={14} className="text-accent-text" aria-hidden />}
      {item.shortcut && <Kbd>{item.shortcut}</Kbd>}
    </DropdownMenu.Item>
  )
}

interface MenuProps {
  trigger: ReactNode
  items: readonly MenuItem[]
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
}

/**
 * A list of actions behind a trigger. An action runs once the trigger has the focus back, so that a dialog it opens
 * knows where to return to.
 */
export function Menu({ trigger, items, align = 'end', side = 'bottom' }: MenuProps) {
  const chosen = useRef<(() => void) | null>(null)
  const choose = (act: () => void) => {
    chosen.current = act
  }
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={() => {
            if (chosen.current) setTimeout(chosen.current)
            chosen.current = null
          }}
          className="z-40 max-h-(--radix-dropdown-menu-content-available-height) max-w-80 min-w-48 animate-in overflow-y-auto rounded-lg border bg-surface p-1 shadow-lg"
        >
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a menu's rows have no identity beyond their place
            <Item key={index} item={item} onChoose={choose} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
