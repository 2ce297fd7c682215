import type { Graph, GraphNode } from '@tropa/journey'

/** A block whose place in the row is still to be given. */
type Block = Omit<GraphNode, 'position'>

/** A block that lets in whoever orders. */
export const entering = (id: string): Block => ({
  id,
  kind: 'event_entry',
  name: '',
  config: { event: 'order' },
})

/** A block that writes a number on the customer. */
export const writing = (id: string, spent: number): Block => ({
  id,
  kind: 'update_customer',
  name: '',
  config: { changes: [{ attribute: 'spent', value: spent }] },
})

/** The graph of an entry and what follows it, one block behind the other, a column each. */
export function inRow(...blocks: Block[]): Graph {
  const nodes = blocks.map((block, at): GraphNode => ({ ...block, position: { x: at * 328, y: 0 } }))
  const edges = nodes.slice(1).map(({ id }, at) => ({
    id: `e${at}`,
    from: nodes[at]?.id ?? '',
    output: at === 0 ? 'next' : 'done',
    to: id,
  }))
  return { nodes, edges, settings: { reentry: { mode: 'never' }, exitRules: [] } }
}
