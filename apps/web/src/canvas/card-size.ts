import type { AnyKind, GraphNode } from '@tropa/journey'

/** The measures of a node card in canvas pixels; layout and drawing share them. */
export const card = { width: 240, body: 72, outputRow: 26, outputsPad: 8, numbers: 30 }

/** How much further right the next node stands. */
export const columnStep = card.width + 88

export interface Size {
  width: number
  height: number
}

/** The size of a node's card; `withNumbers` adds the row of live numbers. */
export function cardSize(node: GraphNode, kind: AnyKind | undefined, withNumbers: boolean): Size {
  const outputs = kind?.outputs(node.config).length ?? 0
  const rows = outputs > 1 ? outputs * card.outputRow + card.outputsPad : 0
  return { width: card.width, height: card.body + rows + (withNumbers ? card.numbers : 0) }
}

/** How far below the card's top the output of a row leaves it; a single output leaves at the middle of the body. */
export function outputTop(index: number, outputs: number): number {
  if (outputs <= 1) return card.body / 2
  return card.body + card.outputRow * (index + 0.5)
}
