import { type RefObject, useRef } from 'react'
import type { ControlProps } from '../ui/field.tsx'

interface CodeAreaProps extends Partial<ControlProps> {
  'aria-label'?: string
  value: string
  onChange: (value: string) => void
  /** Lines with a problem. */
  marked: ReadonlySet<number>
  area: RefObject<HTMLTextAreaElement | null>
  disabled?: boolean
}

/** Text of a template with line numbers; Tab leaves the field, as everywhere. */
export function CodeArea({ value, onChange, marked, area, disabled, ...control }: CodeAreaProps) {
  const gutter = useRef<HTMLDivElement>(null)
  const lines = value.split('\n').length
  return (
    <div className="flex min-h-80 flex-1 overflow-hidden rounded-md border border-line-control bg-surface font-mono text-xs leading-5 [font-variant-ligatures:none] focus-within:outline-2 focus-within:outline-ring">
      <div
        ref={gutter}
        aria-hidden
        className="tabular w-11 shrink-0 overflow-hidden border-r bg-sunken py-2 text-right text-ink-3 select-none"
      >
        {Array.from({ length: lines }, (_, index) => index + 1).map((line) => (
          <div key={line} className={marked.has(line) ? 'bg-err-soft pr-2 font-semibold text-err' : 'pr-2'}>
            {line}
          </div>
        ))}
      </div>
      <textarea
        {...control}
        ref={area}
        value={value}
        disabled={disabled}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        className="min-w-0 flex-1 resize-none bg-transparent px-3 py-2 outline-none"
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
        }}
      />
    </div>
  )
}
