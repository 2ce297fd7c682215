import { expect } from '@playwright/test'
import type { WorkspaceCaller } from '../build.ts'

/** A customer's way through a journey, as the list of enrollments has it. */
export interface Passage {
  id: string
  journeyId: string
  status: string
  waitingFor: string | null
}

/** The latest way of a customer. */
export async function passageOf(shop: WorkspaceCaller, customer: string): Promise<Passage | undefined> {
  return (await shop.get<{ items: Passage[] }>(`/enrollments?customer=${customer}`)).items[0]
}

/** Lets a customer come to a wait for an event: only one sent from then on is sure to be waited for. */
export async function expectWaitsForEvent(shop: WorkspaceCaller, customer: string): Promise<void> {
  await expect
    .poll(async () => (await passageOf(shop, customer))?.waitingFor, { timeout: 60_000 })
    .toBe('event')
}
