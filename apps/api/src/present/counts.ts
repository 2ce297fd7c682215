import { own } from '@tropa/journey'

/** The numbers of one node: entered = movedOn + waiting + ended + failed + removed. */
export interface NodeNumbers {
  entered: number
  waiting: number
  movedOn: number
  ended: number
  failed: number
  removed: number
  outputs: Record<string, number>
}

/** A stored number: `output` is empty for entered, an output id for moved on, or a word after a colon. */
export interface CountRow {
  node: string
  output: string
  n: number
}

const words = {
  ':ended': 'ended',
  ':failed': 'failed',
  ':removed': 'removed',
  ':waiting': 'waiting',
} as const

const nothing = { entered: 0, waiting: 0, movedOn: 0, ended: 0, failed: 0, removed: 0 }

/** The numbers on the canvas, by node. */
export function presentCounts(rows: readonly CountRow[]): Record<string, NodeNumbers> {
  const nodes: Record<string, NodeNumbers> = {}
  for (const { node, output, n } of rows) {
    const numbers = own(nodes, node) ?? { ...nothing, outputs: {} }
    nodes[node] = numbers
    const word = own(words, output)
    if (output === '') numbers.entered += n
    else if (word) numbers[word] += n
    else {
      numbers.movedOn += n
      numbers.outputs[output] = (own(numbers.outputs, output) ?? 0) + n
    }
  }
  return nodes
}
