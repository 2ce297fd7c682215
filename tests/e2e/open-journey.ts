import type { Page } from '@playwright/test'
import type { Graph } from '@tropa/journey'
import type { JourneyAnswer, WorkspaceCaller } from '../build.ts'

/** Makes a journey, of a graph or empty, and opens it in the editor; answers its id. */
export async function openJourney(
  page: Page,
  shop: WorkspaceCaller,
  name: string,
  graph?: Graph,
): Promise<string> {
  const { id } = await shop.post<JourneyAnswer>('/journeys', { name, graph })
  await page.goto(`/journeys/${id}`)
  return id
}
