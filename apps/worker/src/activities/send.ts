import { ApplicationFailure } from '@temporalio/common'
import type { Outages } from '../outages.ts'
import type { SendDesk } from '../send/desk.ts'

export interface SendActivities {
  send: (input: { messageId: string }) => Promise<void>
}

/** The activity behind `journey`'s messages: fails with the delay after which delivery is worth another try. */
export function sendActivities(desk: SendDesk, outages: Outages): SendActivities {
  return {
    send: async ({ messageId }) => {
      const delivery = await outages.watch('send', { messageId }, () => desk.deliver(messageId))
      if (delivery.done) return
      throw ApplicationFailure.create({
        type: 'delivery_later',
        message: 'The message cannot go out now; it stays planned and is tried again.',
        nextRetryDelay: delivery.retryInMs,
      })
    },
  }
}
