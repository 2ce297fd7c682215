import { CopyButton } from './copy-button.tsx'

/** A value as indented JSON, scrollable and copyable. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const text = JSON.stringify(value, null, 2) ?? 'undefined'
  return (
    <figure aria-label={label} className="relative rounded-lg border bg-sunken">
      <div className="absolute top-1.5 right-1.5">
        <CopyButton value={text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <pre tabIndex={0} className="max-h-96 overflow-auto p-3 pr-10 font-mono text-xs">
        {text}
      </pre>
    </figure>
  )
}
