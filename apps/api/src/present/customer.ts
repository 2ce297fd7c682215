interface Named {
  attributes: Record<string, unknown>
  identifiers: { type: string; value: string }[]
}

/** What a customer is called: name attributes first, then an identifier, or null when nothing is known. */
export function customerName({ attributes, identifiers }: Named): string | null {
  const word = (name: string) => {
    const value = attributes[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const full = [word('first_name') || word('firstName'), word('last_name') || word('lastName')]
    .filter(Boolean)
    .join(' ')
  if (full || word('name')) return full || word('name')
  const byType = new Map([...identifiers].reverse().map(({ type, value }) => [type, value]))
  for (const type of ['email', 'external_id', 'phone', 'anonymous_id']) {
    const value = byType.get(type)
    if (value !== undefined) return value
  }
  return null
}

/** The first identifier of a type, or null. */
export function identifierOf({ identifiers }: Pick<Named, 'identifiers'>, type: string): string | null {
  return identifiers.find((one) => one.type === type)?.value ?? null
}
