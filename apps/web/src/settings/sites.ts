/** The sites named in a text, one a line: as browsers name them, or the first line that names none. */
export function readSites(text: string): { sites: string[] } | { wrong: string } {
  const sites = new Set<string>()
  for (const line of text.split(/[\s,;]+/).filter(Boolean)) {
    const origin = originOf(line.includes('://') ? line : `https://${line}`)
    if (origin === null) return { wrong: line }
    sites.add(origin)
  }
  return { sites: [...sites] }
}

function originOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname.includes('*')) return null
  return url.hostname === 'localhost' || url.hostname.includes('.') ? url.origin : null
}
