import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Spinner } from './spinner.tsx'
import { Tooltip } from './tooltip.tsx'

export type ButtonLook = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ControlSize = 'sm' | 'md' | 'lg'

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent text-white hover:brightness-110 active:brightness-95',
  secondary: 'border border-line-control/60 bg-surface text-ink hover:bg-sunken active:bg-line',
  ghost:
    'text-ink-2 hover:bg-sunken hover:text-ink active:bg-line aria-pressed:bg-accent-soft aria-pressed:text-accent-text',
  danger: 'border border-err/50 bg-surface text-err hover:bg-err-soft',
}

const sizes: Record<ControlSize, string> = {
  sm: 'h-7 gap-1.5 px-2.5 text-sm',
  md: 'h-8 gap-2 px-3 text-sm',
  lg: 'h-10 gap-2 px-4 text-base',
}

const base =
  'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap select-none ' +
  'transition-[background-color,filter,color] duration-120 ease-out disabled:cursor-not-allowed disabled:opacity-50'

export interface ButtonProps extends ComponentProps<'button'> {
  look?: ButtonLook
  size?: ControlSize
  icon?: ReactNode
  /** Shows a spinner and refuses presses while an action runs. */
  busy?: boolean
}

/** The look of a button for what is not one: a link to the next place. */
export function buttonLook(look: ButtonLook = 'secondary', size: ControlSize = 'md'): string {
  return cx(base, looks[look], sizes[size])
}

/** The one button: an action in words, with an optional icon before them. */
export function Button({
  look = 'secondary',
  size = 'md',
  icon,
  busy,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={cx(buttonLook(look, size), className)}
    >
      {busy ? <Spinner size={14} /> : icon}
      {children}
    </button>
  )
}

const squares: Record<ControlSize, string> = { sm: 'size-7', md: 'size-8', lg: 'size-10' }

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'busy'> {
  label: string
  /** Which side the tooltip opens on. */
  side?: 'top' | 'right' | 'bottom' | 'left'
  shortcut?: string
}

/** A button that is only an icon; its label is the accessible name and the tooltip. */
export function IconButton({
  label,
  side,
  shortcut,
  look = 'ghost',
  size = 'md',
  icon,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} side={side} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={cx(base, looks[look], squares[size], className)}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
