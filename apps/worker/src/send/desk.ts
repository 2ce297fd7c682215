import {
  type BeginDelivery,
  beginDelivery,
  type DeliverDeps,
  type Delivery,
  deliver,
  type Moved,
  type MoveOn,
  type Opened,
} from './deliver.ts'

/** With so many deliveries under way the provider is slow: new ones are left to the send activity, which is bounded. */
const mostAtOnce = 64

/** Delivers messages for this process: one delivery of a message at a time, whoever asks. */
export class SendDesk {
  private readonly underWay = new Map<string, Promise<Delivery>>()

  constructor(private readonly deps: DeliverDeps) {}

  /** Begins deliveries in the transactions that plan them; missing while so many are under way that none is begun. */
  get begin(): BeginDelivery | undefined {
    return this.isFull ? undefined : beginDelivery(this.deps)
  }

  /** Whether a delivery of this message is under way here. */
  has(messageId: string): boolean {
    return this.underWay.has(messageId)
  }

  /**
   * Delivers a message; joins a delivery of it that is already under way here, whatever that does afterwards, unless this
   * one has already begun. A further delivery that was begun meanwhile is only for who asked first, so that it is made once.
   */
  deliver(messageId: string, moveOn?: MoveOn, begun?: Opened): Promise<Delivery> {
    const known = this.underWay.get(messageId)
    if (known && !begun) return known.then(withoutBegun)
    const delivery = deliver(this.deps, messageId, moveOn, begun).finally(() => {
      if (this.underWay.get(messageId) === delivery) this.underWay.delete(messageId)
    })
    this.underWay.set(messageId, delivery)
    return delivery
  }

  /**
   * Like `deliver`, but waits for no longer than `budgetMs`: what takes longer goes on, and `null` says so; so it does
   * when so many deliveries hang already that this one is not begun.
   */
  async deliverWithin(
    messageId: string,
    budgetMs: number,
    moveOn?: MoveOn,
    begun?: Opened,
  ): Promise<Delivery | null> {
    if (this.isFull && !begun && !this.has(messageId)) return null
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<null>((resolve) => {
      timer = setTimeout(resolve, budgetMs, null)
    })
    const delivery = this.deliver(messageId, moveOn, begun)
    delivery.catch(() => undefined)
    try {
      return await Promise.race([delivery, tooLong])
    } finally {
      clearTimeout(timer)
    }
  }

  /** Makes a delivery that was begun although nobody waits for it any more. */
  finish({ next, delivery }: Moved): void {
    if (next.do === 'send' && delivery)
      // What fails is found again by its lease.
      this.deliver(next.messageId, undefined, delivery).catch(() => undefined)
  }

  private get isFull(): boolean {
    return this.underWay.size >= mostAtOnce
  }

  /** Resolves when no delivery is under way any more, or after `limitMs`; answers how many still are. */
  async drained(limitMs = Number.POSITIVE_INFINITY): Promise<number> {
    const deadline = Date.now() + limitMs
    while (this.underWay.size > 0 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 20))
    return this.underWay.size
  }
}

function withoutBegun(delivery: Delivery): Delivery {
  return delivery.done && delivery.moved ? { done: true, moved: { next: delivery.moved.next } } : delivery
}
