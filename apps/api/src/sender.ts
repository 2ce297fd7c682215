/** An event as a sender gives it; without a message id one is made, so that a retry counts once. */
export interface OutgoingEvent {
  type: 'track' | 'identify' | 'page' | 'screen' | 'group' | 'alias'
  messageId?: string
  timestamp?: string
  userId?: string
  anonymousId?: string
  [field: string]: unknown
}

export interface SenderOptions {
  /** Origin of the installation, e.g. `https://tropa.example.com`. */
  url: string
  key: string
  /** Items per request, 500 at most. */
  batchSize?: number
  /** How long an item may wait for others. */
  waitMs?: number
  /** How often a batch is sent again after 429, 5xx or a lost connection. */
  retries?: number
}

/** A batch that was not taken; its items are kept in `items`. */
export class SendFailed extends Error {
  constructor(
    message: string,
    readonly items: OutgoingEvent[],
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'SendFailed'
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Collects events and sends them in batches; `send` resolves when its item is durable, or throws `SendFailed`. */
export function createTropaClient({ url, key, batchSize = 100, waitMs = 20, retries = 5 }: SenderOptions) {
  let waiting: { item: OutgoingEvent; done: () => void; failed: (error: unknown) => void }[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const sending = new Set<Promise<void>>()

  async function post(items: OutgoingEvent[]): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      const answer = await fetch(`${url}/v1/batch`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ batch: items, sentAt: new Date().toISOString() }),
      }).catch((error: unknown) => error)
      const retriable = !(answer instanceof Response) || answer.status === 429 || answer.status >= 500
      if (!retriable) return answer
      if (attempt >= retries) throw new SendFailed('The events were not taken', items, { cause: answer })
      const told = answer instanceof Response ? Number(answer.headers.get('retry-after')) * 1_000 : 0
      await pause(told || 2 ** attempt * 100 * (0.5 + Math.random()))
    }
  }

  async function flushBatch(): Promise<void> {
    const batch = waiting
    waiting = []
    clearTimeout(timer)
    timer = undefined
    const items = batch.map(({ item }) => item)
    try {
      const answer = await post(items)
      if (answer.status !== 202 && answer.status !== 207)
        throw new SendFailed(`The events were refused with ${answer.status}`, items)
      const told = (await answer.json()) as { items: { index: number; status: string; code?: string }[] }
      for (const { index, status, code } of told.items) {
        const one = batch[index]
        if (status === 'stored' || status === 'duplicate') one?.done()
        else one?.failed(new SendFailed(`The event was refused: ${code ?? status}`, one ? [one.item] : []))
      }
    } catch (error) {
      for (const { failed } of batch) failed(error)
    }
  }

  function start(): void {
    if (waiting.length === 0) return
    const flight = flushBatch().finally(() => sending.delete(flight))
    sending.add(flight)
  }

  return {
    send: (event: OutgoingEvent): Promise<void> =>
      new Promise((done, failed) => {
        const item = { messageId: crypto.randomUUID(), timestamp: new Date().toISOString(), ...event }
        waiting.push({ item, done, failed })
        if (waiting.length >= batchSize) start()
        else timer ??= setTimeout(start, waitMs)
      }),
    /** Resolves when everything given so far has been answered. */
    flush: async (): Promise<void> => {
      start()
      await Promise.allSettled([...sending])
    },
  }
}
