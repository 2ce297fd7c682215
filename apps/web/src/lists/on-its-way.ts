/**
 * What of the words told to the address has still not come back from it, once a value has; null when the value is none
 * of them and so comes from elsewhere (a step back, a cleared filter). The address may skip words told in a row.
 */
export function stillOnItsWay(told: readonly string[], value: string): readonly string[] | null {
  const at = told.indexOf(value)
  return at === -1 ? null : told.slice(at + 1)
}
