import type { Viewport } from '@xyflow/react'
import { z } from 'zod'

const kept = z.record(z.string(), z.object({ x: z.number(), y: z.number(), zoom: z.number().positive() }))

/** How many journeys a browser remembers a view of, the latest ones. */
const most = 50

const keyOf = (memberId: string) => `tropa.viewports.${memberId}`

function read(storage: Storage, memberId: string): Record<string, Viewport> {
  try {
    return kept.parse(JSON.parse(storage.getItem(keyOf(memberId)) ?? '{}'))
  } catch {
    return {}
  }
}

/** Where a member last looked at a journey, in this browser; `undefined` when never. */
export function rememberedViewport(
  storage: Storage,
  memberId: string,
  journeyId: string,
): Viewport | undefined {
  return read(storage, memberId)[journeyId]
}

/** Keeps where a member looks at a journey, in this browser, for the next visit. */
export function rememberViewport(
  storage: Storage,
  memberId: string,
  journeyId: string,
  viewport: Viewport,
): void {
  const { [journeyId]: _, ...others } = read(storage, memberId)
  const latest = [...Object.entries(others), [journeyId, viewport] as const].slice(-most)
  storage.setItem(keyOf(memberId), JSON.stringify(Object.fromEntries(latest)))
}
