/** The mark: a path from one point to another. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" className="shrink-0" aria-hidden>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M9 22.5c0-6 14-5 14-11" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="9" cy="23" r="3" fill="#fff" />
      <circle cx="23" cy="10" r="3" fill="#fff" />
    </svg>
  )
}
