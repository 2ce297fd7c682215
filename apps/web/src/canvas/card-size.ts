import type { AnyKind, GraphNode } from '@tropa/journey'

/**
 * The measures of a node card in canvas pixels; layout and drawing share them. `headed` is the body above rows of
 * outputs: two lines of summary end right above the first row.
 */
export const card = { width: 240, body: 72, headed: 62, outputRow: 26, outputsPad: 6, numbers: 30 }

/** How much further right the next node stands. */
export const columnStep = card.width + 88

export interface Size {
  width: number
  height: number
}

/** The size of a node's card; `withNumbers` adds the row of live numbers. */
export function cardSize(node: GraphNode, kind: AnyKind | undefined, withNumbers: boolean): Size {
  const outputs = kind?.outputs(node.config).length ?? 0
  const height = outputs > 1 ? card.headed + outputs * card.outputRow + card.outputsPad : card.body
  return { width: card.width, height: height + (withNumbers ? card.numbers : 0) }
}

/** How far below the card's top the output of a row leaves it; a single output leaves at the middle of the body. */
export function outputTop(index: number, outputs: number): number {
  if (outputs <= 1) return card.body / 2
  return card.headed + card.outputRow * (index + 0.5)
}
