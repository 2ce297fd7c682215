import { useFormat } from '../i18n/use-format.ts'

/** One sort of things and how many of it there are; `null` while they are being counted. */
export interface Count {
  label: string
  n: number | null
}

/** Numbers of one fate, one under another: what goes, or what stays. */
export function Counted({ title, counts }: { title: string; counts: readonly Count[] }) {
  const format = useFormat()
  if (counts.length === 0) return null
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-xs font-medium text-ink-3">{title}</h3>
      <dl className="rounded-lg border bg-page text-sm">
        {counts.map(({ label, n }) => (
          <div
            key={label}
            className="flex items-baseline justify-between gap-4 border-b px-3 py-1.5 last:border-0"
          >
            <dt className="min-w-0 text-ink-2">{label}</dt>
            <dd className="tabular shrink-0 font-semibold">{n === null ? '…' : format.number(n)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
