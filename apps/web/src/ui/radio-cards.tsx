import { RadioGroup } from 'radix-ui'
import type { Choice } from './select.tsx'

interface RadioCardsProps<V extends string> {
  value: V
  onChange: (value: V) => void
  choices: readonly Choice<V>[]
  label: string
}

/** One of a few choices that each need a sentence of explanation. */
export function RadioCards<V extends string>({ value, onChange, choices, label }: RadioCardsProps<V>) {
  return (
    <RadioGroup.Root
      value={value}
      onValueChange={(chosen) => onChange(chosen as V)}
      aria-label={label}
      className="flex flex-col gap-2"
    >
      {choices.map((choice) => (
        <RadioGroup.Item
          key={choice.value}
          value={choice.value}
          className="flex items-start gap-3 rounded-lg border bg-surface px-3 py-2.5 text-left hover:border-line-control focus-visible:-outline-offset-1 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span className="mt-[3px] flex size-4 shrink-0 items-center justify-center rounded-full border border-line-control bg-surface">
            <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
          </span>
          <span className="min-w-0">
            <span className="block text-sm font-medium">{choice.label}</span>
            {choice.hint && <span className="block text-xs text-ink-2">{choice.hint}</span>}
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
