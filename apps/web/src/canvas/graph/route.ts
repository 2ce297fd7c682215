import type { Size } from '../card-size.ts'
import type { Point } from './edit.ts'

/** A rectangle on the canvas: where a card stands. */
export type Box = Point & Size

/** How far the plain curve of an edge swings out when it leads back. */
export const curvature = 0.35

/** How far edges keep from cards, and how far they run straight out of an output and into a card. */
const gap = 16
const lead = 28

/** How many heights are tried, the nearest first, so that a crowded canvas stays quick. */
const mostHeights = 160

/** How far apart two edges run side by side. */
const apart = 10

/** The level stretch of an edge that has found its way; another must not run on top of it. */
export interface Lane {
  y: number
  left: number
  right: number
}

function isTaken(lanes: readonly Lane[], y: number, from: number, to: number): boolean {
  const [left, right] = from < to ? [from, to] : [to, from]
  return lanes.some((lane) => Math.abs(lane.y - y) < apart && lane.left < right && lane.right > left)
}

/** Whether the straight between two points comes nearer to a card than a margin. */
function crosses(box: Box, from: Point, to: Point, margin = gap / 2): boolean {
  const meets = (low: number, high: number, a: number, b: number) =>
    Math.max(a, b) > low - margin && Math.min(a, b) < high + margin
  return meets(box.x, box.x + box.width, from.x, to.x) && meets(box.y, box.y + box.height, from.y, to.y)
}

/** Whether a level or upright line between two points stays clear of all cards. */
function isFree(boxes: readonly Box[], from: Point, to: Point): boolean {
  return !boxes.some((box) => crosses(box, from, to))
}

/** Points along the curve that is drawn between an output and a card when nothing is in the way. */
function alongCurve(from: Point, to: Point): Point[] {
  const reach = to.x >= from.x ? (to.x - from.x) / 2 : curvature * 25 * Math.sqrt(from.x - to.x)
  const a = { x: from.x + reach, y: from.y }
  const b = { x: to.x - reach, y: to.y }
  return Array.from({ length: 23 }, (_, step) => {
    const t = (step + 1) / 24
    const s = 1 - t
    const at = (one: number, two: number, three: number, four: number) =>
      s ** 3 * one + 3 * s * s * t * two + 3 * s * t * t * three + t ** 3 * four
    return { x: at(from.x, a.x, b.x, to.x), y: at(from.y, a.y, b.y, to.y) }
  })
}

function near(boxes: readonly Box[], from: Point, to: Point): Box[] {
  const left = Math.min(from.x, to.x)
  const right = Math.max(from.x, to.x)
  return boxes.filter((box) => box.x + box.width + lead * 2 > left && box.x - lead * 2 < right)
}

const byDistance = (wanted: number) => (a: number, b: number) => Math.abs(a - wanted) - Math.abs(b - wanted)

/** The first place, nearest to a wanted one, where an upright line between two heights is free. */
function freeColumn(boxes: readonly Box[], wanted: number, top: number, bottom: number, way: 1 | -1) {
  const sides = boxes.map((box) => (way === 1 ? box.x + box.width + gap : box.x - gap))
  const places = [wanted, ...sides.filter((x) => (x - wanted) * way >= 0)].sort(byDistance(wanted))
  return places.find((x) => isFree(boxes, { x, y: top }, { x, y: bottom }))
}

/** Whether the plain curve of an edge runs behind a card. It may touch the cards it joins. */
export function hides(from: Point, to: Point, boxes: readonly Box[]): boolean {
  const curve = alongCurve(from, to)
  const margins = boxes.map((box) => (crosses(box, from, from) || crosses(box, to, to) ? -2 : gap / 2))
  return curve.some((point) => boxes.some((box, at) => crosses(box, point, point, margins[at])))
}

/**
 * The corners of a way around the cards from an output to a card, or `null` when the plain curve hides behind none
 * (or no way was found). The way leaves to the right, runs along a free height and comes in from the left.
 */
export function routeAround(
  from: Point,
  to: Point,
  boxes: readonly Box[],
  lanes: readonly Lane[],
): Point[] | null {
  const around = near(boxes, from, to)
  if (!hides(from, to, around)) return null
  const middle = (from.y + to.y) / 2
  const beside = [0, 1, 2, 3].map((row) => gap + row * apart)
  const heights = [
    from.y,
    to.y,
    ...around.flatMap((box) => beside.flatMap((far) => [box.y - far, box.y + box.height + far])),
  ]
  for (const y of heights.sort(byDistance(middle)).slice(0, mostHeights)) {
    const out = freeColumn(around, from.x + lead, from.y, y, 1)
    const back = freeColumn(around, to.x - lead, y, to.y, -1)
    if (out === undefined || back === undefined || isTaken(lanes, y, out, back)) continue
    const corners = [from, { x: out, y: from.y }, { x: out, y }, { x: back, y }, { x: back, y: to.y }, to]
    const middlePart = corners.slice(1, -1)
    if (middlePart.every((corner, at) => isFree(around, corner, middlePart[at + 1] ?? corner))) return corners
  }
  return null
}

const radius = 10

/** A line through corners, each of them rounded, as an SVG path. */
export function roundedPath(corners: readonly Point[]): string {
  const [start, ...rest] = corners
  if (!start) return ''
  let path = `M${start.x},${start.y}`
  rest.forEach((corner, at) => {
    const before = corners[at] ?? corner
    const after = rest[at + 1]
    if (!after) {
      path += `L${corner.x},${corner.y}`
      return
    }
    const towards = (other: Point) => {
      const length = Math.hypot(other.x - corner.x, other.y - corner.y)
      const share = length === 0 ? 0 : Math.min(radius, length / 2) / length
      return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share }
    }
    const enter = towards(before)
    const leave = towards(after)
    path += `L${enter.x},${enter.y}Q${corner.x},${corner.y} ${leave.x},${leave.y}`
  })
  return path
}

/** The middle of the longest stretch of a way: where its tools are best reached. */
export function middleOf(corners: readonly Point[]): Point {
  let best = { x: 0, y: 0, length: -1 }
  corners.slice(1).forEach((corner, at) => {
    const before = corners[at] ?? corner
    const length = Math.hypot(corner.x - before.x, corner.y - before.y)
    if (length > best.length) best = { x: (corner.x + before.x) / 2, y: (corner.y + before.y) / 2, length }
  })
  return { x: best.x, y: best.y }
}
