import type { Viewport } from '@xyflow/react'
import type { Box } from './editor/keep-in-view.ts'

/** A whole graph smaller than this is not opened whole. */
const enough = 0.75
/** How large a graph is opened that would be too small as a whole. */
const readable = 0.8

interface Frame {
  width: number
  height: number
  /** What stays free of cards at each side, in pixels. */
  free: Box
}

/** Where a span begins on the screen: in the middle if it fits, else so that `from` stands at the start, without a gap at the end. */
function place(start: number, end: number, wanted: number, low: number, high: number): number {
  const room = high - low
  if (end - start <= room) return low + (room - (end - start)) / 2 - start
  return Math.min(low - start, Math.max(high - end, wanted))
}

/**
 * How a graph is looked at first: whole while its words can be read so; else from its entry on, at a size at which they
 * can. Boxes are in canvas pixels.
 */
export function firstView(cards: readonly Box[], entry: Box, { width, height, free }: Frame): Viewport {
  const left = Math.min(...cards.map((card) => card.left))
  const top = Math.min(...cards.map((card) => card.top))
  const right = Math.max(...cards.map((card) => card.right))
  const bottom = Math.max(...cards.map((card) => card.bottom))
  const room = { x: width - free.left - free.right, y: height - free.top - free.bottom }
  const whole = Math.min(1, room.x / (right - left), room.y / (bottom - top))
  const zoom = whole >= enough ? whole : readable
  const middle = free.top + room.y / 2 - ((entry.top + entry.bottom) / 2) * zoom
  return {
    x: place(left * zoom, right * zoom, free.left - entry.left * zoom, free.left, width - free.right),
    y: place(top * zoom, bottom * zoom, middle, free.top, height - free.bottom),
    zoom,
  }
}
