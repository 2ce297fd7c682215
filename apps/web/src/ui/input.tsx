import { Minus, Plus } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/use-language.ts'
import { cx } from './cx.ts'

/** The look every one-line control shares. */
export const controlLook =
  '[:where(&)]:h-8 [:where(&)]:w-full [:where(&)]:px-2.5 [:where(&)]:border-line-control min-w-0 rounded-md border bg-surface text-sm text-ink outline-offset-0 ' +
  'placeholder:text-ink-3 hover:border-ink-3 disabled:bg-sunken disabled:text-ink-3 aria-invalid:border-err ' +
  'transition-colors duration-120'

/** One line of text. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...rest} className={cx(controlLook, className)} />
}

/** Several lines of text; grows with what is written in browsers that can. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={3}
      {...rest}
      className={cx(controlLook, 'field-sizing-content h-auto min-h-20 py-1.5', className)}
    />
  )
}

interface NumberInputProps
  extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type' | 'min' | 'max' | 'step'> {
  value: number | null
  onChange: (value: number | null) => void
  min?: number | undefined
  max?: number | undefined
  step?: number | undefined
  unit?: string | undefined
  /** Leaves out the minus and plus buttons, for narrow places. */
  bare?: boolean
}

function parse(text: string): number | null {
  const cleaned = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.')
  if (cleaned === '') return null
  const value = Number(cleaned)
  return Number.isFinite(value) ? value : null
}

function print(value: number | null, comma: boolean): string {
  if (value === null) return ''
  return comma ? String(value).replace('.', ',') : String(value)
}

/** A number typed with a point or a comma; arrows and buttons step it; empty is `null`. */
export function NumberInput(props: NumberInputProps) {
  const { value, onChange, min, max, step = 1, unit, bare, className, ...rest } = props
  const { t } = useTranslation('ui')
  const comma = useLanguage() === 'ru'
  const [text, setText] = useState(print(value, comma))
  useEffect(() => {
    setText((shown) => (parse(shown) === value ? shown : print(value, comma)))
  }, [value, comma])
  const stepBy = (sign: 1 | -1) => {
    const next = Math.min(max ?? Infinity, Math.max(min ?? -Infinity, (value ?? 0) + sign * step))
    onChange(Number(next.toFixed(6)))
  }
  const side =
    'flex h-full w-7 shrink-0 items-center justify-center text-ink-3 hover:bg-sunken hover:text-ink disabled:opacity-40'
  return (
    <div
      className={cx(
        'flex items-stretch',
        controlLook,
        'overflow-hidden px-0 has-aria-invalid:border-err has-focus-visible:outline-2',
        className,
      )}
    >
      {!bare && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('decrease')}
          className={side}
          onClick={() => stepBy(-1)}
          disabled={rest.disabled}
        >
          <Minus size={13} aria-hidden />
        </button>
      )}
      <input
        {...rest}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          const parsed = parse(event.target.value)
          if (parsed !== null || event.target.value.trim() === '') onChange(parsed)
        }}
        onKeyDown={(event) => {
          rest.onKeyDown?.(event)
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
          event.preventDefault()
          stepBy(event.key === 'ArrowUp' ? 1 : -1)
        }}
        className={cx(
          'tabular h-full w-full min-w-0 bg-transparent outline-none',
          bare ? 'px-2.5' : 'text-center',
        )}
      />
      {unit && <span className="flex items-center pr-2 text-ink-3">{unit}</span>}
      {!bare && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('increase')}
          className={side}
          onClick={() => stepBy(1)}
          disabled={rest.disabled}
        >
          <Plus size={13} aria-hidden />
        </button>
      )}
    </div>
  )
}
