import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Kbd } from './kbd.tsx'

interface TooltipProps {
  text: ReactNode
  shortcut?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  children: ReactNode
}

/** A short explanation beside its trigger, on hover and on focus. */
export function Tooltip({ text, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger
        asChild
        onFocus={(event) => {
          // A menu or dialog that gives the focus back after a press must not bring the tooltip with it.
          if (!event.currentTarget.matches(':focus-visible:not([data-quiet])')) event.preventDefault()
        }}
      >
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-40 flex max-w-72 animate-in items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-page shadow-md"
        >
          {text}
          {shortcut && <Kbd onDark>{shortcut}</Kbd>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Wraps the whole app once, so that moving between tooltips has no delay. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return <Radix.Provider delayDuration={400}>{children}</Radix.Provider>
}
