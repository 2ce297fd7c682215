import type { Viewport } from '@xyflow/react'
import type { Box } from './editor/keep-in-view.ts'

/** A whole graph smaller than this is not opened whole: what leads where is worth more than large words, until neither is seen. */
const enough = 0.45
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

/** The rectangle around all cards, and at which zoom it is seen whole. */
function wholeOf(cards: readonly Box[], { width, height, free }: Frame) {
  const left = Math.min(...cards.map((card) => card.left))
  const top = Math.min(...cards.map((card) => card.top))
  const right = Math.max(...cards.map((card) => card.right))
  const bottom = Math.max(...cards.map((card) => card.bottom))
  const room = { x: width - free.left - free.right, y: height - free.top - free.bottom }
  const zoom = Math.min(1, room.x / (right - left), room.y / (bottom - top))
  return { left, top, right, bottom, room, zoom }
}

/** Whether a graph is small enough for its frame to be opened whole. */
export function opensWhole(cards: readonly Box[], frame: Frame): boolean {
  return wholeOf(cards, frame).zoom >= enough
}

/**
 * How a graph is looked at first: whole while its words can be made out; else from its entry on, at a size at which they
 * are read with ease. Boxes are in canvas pixels.
 */
export function firstView(cards: readonly Box[], entry: Box, frame: Frame): Viewport {
  const { width, height, free } = frame
  const { left, top, right, bottom, room, zoom: whole } = wholeOf(cards, frame)
  const zoom = whole >= enough ? whole : readable
  const middle = free.top + room.y / 2 - ((entry.top + entry.bottom) / 2) * zoom
  return {
    x: place(left * zoom, right * zoom, free.left - entry.left * zoom, free.left, width - free.right),
    y: place(top * zoom, bottom * zoom, middle, free.top, height - free.bottom),
    zoom,
  }
}
