import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import type { AdvanceActivities } from '../activities/advance.ts'
import type { SendActivities } from '../activities/send.ts'
import { type JourneyInput, sendQueue, wakeSignal } from '../contract.ts'

const { advance } = proxyLocalActivities<AdvanceActivities>({
  startToCloseTimeout: '20 s',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '20 s' },
  localRetryThreshold: '5 s',
})

const { send } = proxyActivities<SendActivities>({
  taskQueue: sendQueue,
  startToCloseTimeout: '5 m',
  retry: { initialInterval: '1 s', backoffCoefficient: 2, maximumInterval: '1 m' },
})

const wake = defineSignal(wakeSignal)
const longHistory = 400

/**
 * Carries one enrollment: asks what to do, does it, asks again. It holds no state and decides nothing;
 * a wake-up that comes while it works makes it ask once more.
 */
export async function journey(input: JourneyInput): Promise<void> {
  let woken = false
  let delivery: CancellationScope | undefined
  setHandler(wake, () => {
    woken = true
    delivery?.cancel()
  })
  for (;;) {
    woken = false
    const next = await advance(input)
    if (next.do === 'end') return
    if (next.do === 'sleep') await condition(() => woken, next.forMs)
    else if (!woken) {
      delivery = new CancellationScope()
      await delivery.run(() => send({ messageId: next.messageId })).catch(unlessWoken(() => woken))
      delivery = undefined
    }
    if (workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > longHistory) {
      await continueAsNew<typeof journey>(input)
    }
  }
}

/** A delivery cut short by a wake-up is asked about again; any other failure is the workflow's. */
function unlessWoken(woken: () => boolean) {
  return (error: unknown) => {
    if (!woken()) throw error
  }
}
