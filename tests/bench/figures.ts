/** The value below which a share (0 to 1) of the sorted sample lies; nearest rank. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

/** The middle of a sample. */
export function median(sample: readonly number[]): number {
  return percentile(sample, 0.5)
}

/** A number with three significant digits, as the bench prints it. */
export function show(value: number): string {
  return Number.isFinite(value) ? Number(value.toPrecision(3)).toLocaleString('en-US') : 'not measured'
}
