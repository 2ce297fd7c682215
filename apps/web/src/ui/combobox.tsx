import { Check, ChevronsUpDown } from 'lucide-react'
import { Popover as Radix } from 'radix-ui'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import type { ControlProps } from './field.tsx'
import { controlLook } from './input.tsx'
import type { Choice } from './select.tsx'

interface ComboboxProps extends Partial<ControlProps> {
  value: string
  onChange: (value: string) => void
  choices: readonly Choice[]
  /** Lets any typed text be the value; otherwise only a listed choice. */
  free?: boolean
  placeholder?: string
  label?: string
  className?: string
  disabled?: boolean
  /** Marks the control that a jump to this field focuses. */
  'data-field'?: string | undefined
}

function matches(choice: Choice, typed: string): boolean {
  const wanted = typed.trim().toLowerCase().replaceAll('ё', 'е')
  return `${choice.label} ${choice.value} ${choice.hint ?? ''}`
    .toLowerCase()
    .replaceAll('ё', 'е')
    .includes(wanted)
}

/** A text box with a filtered list below: arrows move, Enter takes, Escape closes. */
export function Combobox(props: ComboboxProps) {
  const { value, onChange, choices, free, placeholder, label, className, disabled, ...control } = props
  const { t } = useTranslation('ui')
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  const [moved, setActive] = useState<number | null>(null)
  const listId = useId()
  const box = useRef<HTMLInputElement>(null)
  const shown = typed === null ? choices : choices.filter((choice) => matches(choice, typed))
  const exact = shown.some((choice) => choice.value === typed)
  const offered =
    free && typed && !exact ? [...shown, { value: typed, label: t('useTyped', { value: typed }) }] : shown
  // What is typed out in full is meant, whatever else contains it, until the member moves on to another.
  const meant = shown.findIndex(({ value, label }) => typed !== null && [value, label].includes(typed))
  const active = moved ?? Math.max(0, meant)
  const chosenLabel = choices.find((choice) => choice.value === value)?.label ?? value

  const take = (choice: Choice | undefined) => {
    if (choice) onChange(choice.value)
    setTyped(null)
    setOpen(false)
  }
  const leave = () => {
    if (typed !== null && free && typed.trim() !== value) onChange(typed.trim())
    setTyped(null)
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) return setOpen(true)
      setActive(Math.max(0, Math.min(offered.length - 1, active + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter' && open) {
      event.preventDefault()
      take(offered[active])
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setTyped(null)
      setOpen(false)
    }
  }

  return (
    <Radix.Root open={open && !disabled} onOpenChange={setOpen}>
      <Radix.Anchor asChild>
        <div className={cx('relative', className)}>
          <input
            {...control}
            ref={box}
            role="combobox"
            aria-label={label}
            aria-expanded={open}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={open && offered[active] ? `${listId}-${active}` : undefined}
            autoComplete="off"
            disabled={disabled}
            placeholder={placeholder ?? t('choose')}
            className={cx(controlLook, 'pr-7')}
            value={typed ?? chosenLabel}
            onChange={(event) => {
              setTyped(event.target.value)
              setActive(null)
              setOpen(true)
            }}
            onClick={() => setOpen(true)}
            onBlur={leave}
            onKeyDown={onKeyDown}
          />
          <ChevronsUpDown
            size={14}
            className="pointer-events-none absolute top-2.5 right-2 text-ink-3"
            aria-hidden
          />
        </div>
      </Radix.Anchor>
      <Radix.Portal>
        <Radix.Content
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => {
            if (box.current?.contains(event.target as Node)) event.preventDefault()
          }}
          sideOffset={4}
          align="start"
          collisionPadding={8}
          className="z-40 max-h-72 w-(--radix-popover-trigger-width) min-w-48 overflow-y-auto rounded-lg border bg-surface p-1 shadow-lg"
        >
          <div id={listId} role="listbox" aria-label={label}>
            {offered.map((choice, index) => (
              <div
                key={choice.value}
                tabIndex={-1}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={choice.value === value}
                className={cx(
                  'flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-sm',
                  index === active && 'bg-sunken',
                )}
                // Not as soon as the list opens under a pointer at rest.
                onMouseMove={() => setActive(index)}
                onMouseDown={(event) => {
                  event.preventDefault()
                  take(choice)
                }}
              >
                <div className="min-w-0 flex-1">
                  <p className="truncate">{choice.label}</p>
                  {choice.hint && <p className="truncate text-xs text-ink-3">{choice.hint}</p>}
                </div>
                {choice.value === value && <Check size={14} className="text-accent-text" aria-hidden />}
              </div>
            ))}
          </div>
          {offered.length === 0 && (
            <p className="px-2 py-1.5 text-sm text-ink-3">
              {t(free && !typed ? 'typeYourOwn' : 'nothingFound')}
            </p>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
