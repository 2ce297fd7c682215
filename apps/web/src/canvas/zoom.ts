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
  return { x: 40, y: Math.round(window.innerHeight * 0.28), zoom: 1 }
}

/** Whether the window is wide enough for the minimap. */
export function hasMinimap(): boolean {
  return window.matchMedia('(min-width: 1024px)').matches
}

/** The box of the minimap on the screen, where it is shown. */
export function minimapBox(): DOMRect | null {
  const box = document.querySelector('.react-flow__minimap')?.getBoundingClientRect()
  return box && box.width > 0 ? box : null
}

/** What stays free of cards around a graph, in pixels: controls lie over the foot of the canvas, and the minimap where it is. */
export function freeAround(withMap: boolean) {
  return { top: 32, right: 48, bottom: withMap ? 136 : 72, left: 32 }
}

/** What stays free, as React Flow takes it. */
export function paddingOf({ top, right, bottom, left }: ReturnType<typeof freeAround>) {
  return { top: `${top}px`, right: `${right}px`, bottom: `${bottom}px`, left: `${left}px` } as const
}

/** How a whole graph is fitted. */
export function fitOptions(): FitViewOptions {
  return { maxZoom: 1, duration: motionMs(), padding: paddingOf(freeAround(minimapBox() !== null)) }
}
