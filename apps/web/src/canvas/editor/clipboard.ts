import { type Graph, graphEdgeSchema, graphNodeSchema } from '@tropa/journey'
import { z } from 'zod'

const partSchema = z.object({
  tropa: z.literal('nodes'),
  nodes: z.array(graphNodeSchema).min(1),
  edges: z.array(graphEdgeSchema),
})

type Part = Pick<Graph, 'nodes' | 'edges'>

let own: Part | null = null

/** Puts nodes on the clipboard as text, so that another journey or tab can take them. */
export async function writeClipboard(part: Part): Promise<void> {
  own = part
  // Without the browser's permission the copy still works inside this tab.
  await navigator.clipboard?.writeText(JSON.stringify({ tropa: 'nodes', ...part })).catch(() => undefined)
}

/** The nodes on the clipboard, or what this tab copied last; `null` when there is neither. */
export async function readClipboard(): Promise<Part | null> {
  const text = await navigator.clipboard?.readText().catch(() => '')
  try {
    return partSchema.parse(JSON.parse(text ?? ''))
  } catch {
    return own
  }
}
