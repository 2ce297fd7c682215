import { CopyButton } from './copy-button.tsx'

/** One line to be copied whole: a key, a link. */
export function CopyLine({ value }: { value: string }) {
  return (
    <p className="flex items-center gap-2 rounded-md border bg-sunken px-3 py-2">
      <code className="min-w-0 flex-1 font-mono text-xs break-all">{value}</code>
      <CopyButton value={value} />
    </p>
  )
}
