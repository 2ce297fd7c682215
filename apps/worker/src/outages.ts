import type { Logger } from 'pino'

/** Codes and names an error may show in logs; its text may hold personal data and stays out. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error }
  const { code, cause } = error as Error & { code?: unknown }
  return {
    error: error.name,
    ...(code === undefined ? {} : { code: String(code) }),
    ...(cause instanceof Error ? { cause: errorFields(cause) } : {}),
    at: error.stack
      ?.split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 4)
      .map((line) => line.trim()),
  }
}

/** Reports failures of what is tried again and again: the first of an outage, and its end. */
export class Outages {
  private readonly open = new Map<string, number>()

  constructor(private readonly log: Logger) {}

  /** Runs `work` and lets its failure pass; equal failures of one `name` are logged once until it works again. */
  async watch<T>(name: string, ids: Record<string, string>, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work()
      this.mended(name)
      return result
    } catch (error) {
      this.failed(name, ids, error)
      throw error
    }
  }

  failed(name: string, ids: Record<string, string>, error: unknown): void {
    const fields = errorFields(error)
    const key = `${name} ${String(fields.code ?? fields.error)}`
    const times = (this.open.get(key) ?? 0) + 1
    this.open.set(key, times)
    if (times === 1)
      this.log.error({ during: name, ...ids, ...fields }, 'failed; trying again until it works')
  }

  private mended(name: string): void {
    for (const [key, times] of this.open) {
      if (!key.startsWith(`${name} `)) continue
      this.open.delete(key)
      this.log.info({ during: name, failures: times }, 'works again')
    }
  }
}
