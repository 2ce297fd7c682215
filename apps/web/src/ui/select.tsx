import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import type { ControlProps } from './field.tsx'
import { controlLook } from './input.tsx'

export interface Choice<V extends string = string> {
  value: V
  label: string
  hint?: string | undefined
  icon?: ReactNode
}

interface SelectProps<V extends string> extends Partial<ControlProps> {
  value: V | null
  onChange: (value: V) => void
  choices: readonly Choice<V>[]
  placeholder?: string
  disabled?: boolean
  className?: string
  label?: string
}

/** One of a short closed list. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { value, onChange, choices, placeholder, disabled, className, label, ...control } = props
  const { t } = useTranslation('ui')
  return (
    <Radix.Root
      value={value ?? ''}
      onValueChange={(chosen) => onChange(chosen as V)}
      disabled={disabled ?? false}
    >
      <Radix.Trigger
        {...control}
        aria-label={label}
        className={cx(
          controlLook,
          'flex items-center justify-between gap-2 text-left data-placeholder:text-ink-3',
          className,
        )}
      >
        <span className="min-w-0 truncate">
          <Radix.Value placeholder={placeholder ?? t('choose')} />
        </span>
        <ChevronDown size={14} className="shrink-0 text-ink-3" aria-hidden />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-40 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-in overflow-hidden rounded-lg border bg-surface shadow-lg"
        >
          <Radix.Viewport className="p-1">
            {choices.map((choice) => (
              <Radix.Item
                key={choice.value}
                value={choice.value}
                className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md py-1 pr-8 pl-2 text-sm outline-none select-none data-highlighted:bg-sunken data-[state=checked]:font-medium"
              >
                {choice.icon}
                <div className="min-w-0">
                  <Radix.ItemText>{choice.label}</Radix.ItemText>
                  {choice.hint && <p className="text-xs font-normal text-ink-3">{choice.hint}</p>}
                </div>
                <Radix.ItemIndicator className="absolute right-2">
                  <Check size={14} className="text-accent-text" aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
