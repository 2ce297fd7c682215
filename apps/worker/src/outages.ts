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

const calmMs = 10_000

interface Outage {
  failures: number
  /** What of it was logged. */
  told: Set<string>
  /** Says that it works again, unless it fails before. */
  calm: NodeJS.Timeout | undefined
}

/** Reports failures of what is tried again and again: the first of an outage, and its end. */
export class Outages {
  private readonly open = new Map<string, Outage>()

  /**
   * A service that comes back works and fails by turns for a while: its outage is over when it has worked and nothing
   * has failed for `settledMs` since.
   */
  constructor(
    private readonly log: Logger,
    private readonly settledMs = calmMs,
  ) {}

  /** Runs `work` and lets its failure pass; equal failures of one `name` are logged once until it works again. */
  async watch<T>(name: string, ids: Record<string, string>, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work()
      this.worked(name)
      return result
    } catch (error) {
      this.failed(name, ids, error)
      throw error
    }
  }

  failed(name: string, ids: Record<string, string>, error: unknown): void {
    const fields = errorFields(error)
    this.tell(name, String(fields.code ?? fields.error), { ...ids, ...fields })
  }

  /** Like `failed`, for what failed without throwing; failures of the same `kind` are equal. */
  tell(name: string, kind: string, fields: Record<string, unknown>): void {
    const outage = this.open.get(name) ?? { failures: 0, told: new Set<string>(), calm: undefined }
    this.open.set(name, outage)
    clearTimeout(outage.calm)
    outage.calm = undefined
    outage.failures += 1
    if (outage.told.has(kind)) return
    outage.told.add(kind)
    this.log.error({ during: name, ...fields }, 'failed; trying again until it works')
  }

  worked(name: string): void {
    const outage = this.open.get(name)
    if (!outage || outage.calm) return
    outage.calm = setTimeout(() => {
      this.open.delete(name)
      this.log.info({ during: name, failures: outage.failures }, 'works again')
    }, this.settledMs)
    outage.calm.unref()
  }
}
