import type { ReactFlowState } from '@xyflow/react'

/** Below this zoom cards are plain: icon and mark only. */
export const farZoom = 0.4

/** Whether the canvas is so far away that text cannot be read. */
export function isFar(state: ReactFlowState): boolean {
  return state.transform[2] < farZoom
}

/** Whether the member asked the system for less motion. */
export function prefersStill(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** How long the canvas moves, in milliseconds; nothing moves for those who asked for less motion. */
export function motionMs(): number {
  return prefersStill() ? 0 : 250
}
