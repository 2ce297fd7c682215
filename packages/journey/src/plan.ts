import type { JourneySettings } from './graph.ts'
import type { EntryRule } from './node.ts'

/** The version of the plan's shape; a core executes the plans whose version it knows. */
export const irVersion = 1

export interface PlanNode {
  kind: string
  config: unknown
  /** Output → next node, or `null` where the path ends. */
  next: Record<string, string | null>
}

export interface PlanEntry extends EntryRule {
  node: string
}

/** A compiled journey: all that execution needs, and nothing about how it is drawn. */
export interface Plan {
  irVersion: number
  entries: PlanEntry[]
  nodes: Record<string, PlanNode>
  settings: JourneySettings
  /** Event names this plan can react to, sorted. */
  listens: string[]
  /** Customer attributes this plan can read, sorted. */
  reads: string[]
  /** SHA-256 of everything above as canonical JSON. Equal journeys have equal hashes, wherever their nodes are drawn. */
  hash: string
}
