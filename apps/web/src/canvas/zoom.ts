import type { FitViewOptions, ReactFlowState, Viewport } from '@xyflow/react'

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

/** Where an empty canvas is looked at, so that its first block stands at the left and the next ones have room. */
export function emptyViewport(): Viewport {
  const wide = window.matchMedia('(min-width: 1024px)').matches
  return { x: wide ? 256 : 40, y: Math.round(window.innerHeight * 0.28), zoom: 1 }
}

/** How a whole graph is fitted: the palette on the left and the controls below stay free of cards. */
export function fitOptions(): FitViewOptions {
  const wide = window.matchMedia('(min-width: 1024px)').matches
  return {
    maxZoom: 1,
    duration: motionMs(),
    padding: { top: '32px', right: '48px', bottom: '72px', left: wide ? '236px' : '32px' },
  }
}
