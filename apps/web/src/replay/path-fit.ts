import { farZoom, paddingOf } from '../canvas/zoom.ts'

/** The list of steps has a path's words, so one is better seen whole than cut, down to the size at which cards have words. */
const smallest = farZoom
/** One too long for that is followed at ease, or a little smaller where it is high too. */
const atEase = 0.8
const nearEase = 0.62
/** Below this width no path of three cards can be whole and read: it is followed. */
const narrow = 600

/** There a path is not made smaller than this. */
const phoneSmallest = 0.5

/** What stays free around a path, in pixels; the buttons of the canvas stand at its foot. */
export const pathFree = { top: 16, right: 24, bottom: 56, left: 24 }

/** The same as React Flow takes it. */
export const pathPadding = paddingOf(pathFree)

interface Card {
  position: { x: number; y: number }
  width?: number
  height?: number
}

function extent(cards: readonly Card[]): { wide: number; high: number } {
  const left = Math.min(...cards.map(({ position }) => position.x))
  const right = Math.max(...cards.map(({ position, width = 0 }) => position.x + width))
  const top = Math.min(...cards.map(({ position }) => position.y))
  const bottom = Math.max(...cards.map(({ position, height = 0 }) => position.y + height))
  return { wide: right - left, high: bottom - top }
}

/** Between which zooms the cards of a way are fitted into a canvas of a size. */
export function pathFit(cards: readonly Card[], canvas: { width: number; height: number }) {
  const { wide, high } = extent(cards)
  const room = {
    wide: canvas.width - pathFree.left - pathFree.right,
    high: canvas.height - pathFree.top - pathFree.bottom,
  }
  const whole = Math.min(1, room.wide / wide, room.high / high)
  const minZoom = () => {
    if (canvas.width < narrow) return high * nearEase > room.high ? phoneSmallest : nearEase
    if (whole >= smallest) return whole
    return high * atEase > room.high ? nearEase : atEase
  }
  return { minZoom: minZoom(), maxZoom: 1, padding: pathPadding }
}

/** How wide a canvas is for its height where a way fills it from side to side, as CSS writes it. */
export function pathShape(cards: readonly Card[]): string {
  const { wide, high } = extent(cards)
  if (!Number.isFinite(wide + high)) return 'auto'
  return `${Math.round(wide + pathFree.left + pathFree.right)} / ${Math.round(high + pathFree.top + pathFree.bottom)}`
}
