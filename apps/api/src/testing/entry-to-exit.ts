const node = (id: string, kind: string, name: string, config: object, y: number) => ({
  id,
  kind,
  name,
  config,
  position: { x: 0, y },
})

/** The shortest graph that can be published: a customer comes in by an event and is through. */
export function entryToExit(event: string) {
  const entry = node('start', 'event_entry', '', { event }, 0)
  const end = node('end', 'exit', 'Done', { label: '' }, 200)
  const edge = { id: 'e1', from: 'start', output: 'next', to: 'end' }
  return { nodes: [entry, end], edges: [edge] } as const
}
