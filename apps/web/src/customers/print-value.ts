/** A stored value as one line: text as it is, everything else as JSON. */
export function printValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === undefined) return ''
  return JSON.stringify(value)
}

/** Properties as “total 77 · quantity 5”, the first few of them. */
export function printProperties(properties: Record<string, unknown>, most = 4): string {
  const entries = Object.entries(properties)
  const shown = entries.slice(0, most).map(([name, value]) => `${name} ${printValue(value)}`)
  return [...shown, ...(entries.length > most ? [`+${entries.length - most}`] : [])].join(' · ')
}
