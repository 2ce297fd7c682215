/** How a path is fitted: never so small that its words cannot be read; one too long for that is followed at ease. */
const smallest = 0.62
const atEase = 0.8
/** A path higher than a low canvas is better seen whole than cut. */
const whole = 0.5

/** What stays free around a path, in pixels; the buttons of the canvas stand at its foot. */
export const pathFree = { top: 16, right: 24, bottom: 56, left: 24 }

/** The same as React Flow takes it. */
export const pathPadding = { top: '16px', right: '24px', bottom: '56px', left: '24px' } as const

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
  const isLong =
    canvas.width > 600 && (right - left) * smallest > canvas.width - pathFree.left - pathFree.right
  const isHigh = (zoom: number) => (bottom - top) * zoom > canvas.height - pathFree.top - pathFree.bottom
  const [wanted, lower] = isLong ? [atEase, smallest] : [smallest, whole]
  return { minZoom: isHigh(wanted) ? lower : wanted, maxZoom: 1, padding: pathPadding }
}
