const outageCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  '40001',
  '40P01',
])

/** Whether an error tells of the database and not of what was asked: gone, restarting, out of room, or a lost race. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = String((error as Error & { code?: unknown }).code ?? '')
  if (outageCodes.has(code) || /^(08|53|57|58)/.test(code)) return true
  return /connection terminated|timeout exceeded when trying to connect|not queryable/i.test(error.message)
}
