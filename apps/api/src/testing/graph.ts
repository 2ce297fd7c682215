/** A block without a name at the top left of the canvas. */
export const node = (id: string, kind: string, config: object) => ({
  id,
  kind,
  name: '',
  config,
  position: { x: 0, y: 0 },
})

/** The shortest graph that can be published: a customer comes in by an event and is through. */
export function entryToExit(event: string) {
  const entry = node('start', 'event_entry', { event })
  const end = { ...node('end', 'exit', { label: '' }), name: 'Done', position: { x: 0, y: 200 } }
  const edge = { id: 'e1', from: 'start', output: 'next', to: 'end' }
  return { nodes: [entry, end], edges: [edge] } as const
}
