import pino, { type Logger } from 'pino'

export type { Logger } from 'pino'

/** Opens the log: JSON lines of ids, codes and durations; nobody logs a value that came from a customer. */
export function openLog(level: string): Logger {
  return pino({ level, base: { part: 'api' }, timestamp: pino.stdTimeFunctions.isoTime })
}

/** What may be written about an error: its kind, code and place, never its message, which may quote values. */
export function safeError(error: unknown): { name: string; code?: string; at: string[]; cause?: unknown } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] }
  const { code } = error as { code?: unknown }
  const at = (error.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 8)
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    at,
    ...(error.cause ? { cause: safeError(error.cause) } : {}),
  }
}
