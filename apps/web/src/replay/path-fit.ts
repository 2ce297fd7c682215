import { paddingOf } from '../canvas/zoom.ts'

/** The list of steps has a path's words, so one is better seen whole than cut down to this size. */
const smallest = 0.5
/** One too long for that is followed at ease, or a little smaller where it is high too. */
const atEase = 0.8
const nearEase = 0.62
/** Below this width no path of three cards can be whole and read: it is followed. */
const narrow = 600

/** What stays free around a path, in pixels; the buttons of the canvas stand at its foot. */
export const pathFree = { top: 16, right: 24, bottom: 56, left: 24 }

/** The same as React Flow takes it. */
export const pathPadding = paddingOf(pathFree)

interface Card {
  position: { x: number; y: number }
  width?: number
  height?: number
}

/** Between which zooms the cards of a way are fitted into a canvas of a size. */
export function pathFit(cards: readonly Card[], canvas: { width: number; height: number }) {
  const left = Math.min(...cards.map(({ position }) => position.x))
  const right = Math.max(...cards.map(({ position, width = 0 }) => position.x + width))
  const top = Math.min(...cards.map(({ position }) => position.y))
  const bottom = Math.max(...cards.map(({ position, height = 0 }) => position.y + height))
  const isLong = (right - left) * smallest > canvas.width - pathFree.left - pathFree.right
  const isHigh = (zoom: number) => (bottom - top) * zoom > canvas.height - pathFree.top - pathFree.bottom
  const minZoom = () => {
    if (canvas.width < narrow) return isHigh(nearEase) ? smallest : nearEase
    if (!isLong) return smallest
    return isHigh(atEase) ? nearEase : atEase
  }
  return { minZoom: minZoom(), maxZoom: 1, padding: pathPadding }
}
