import { z } from 'zod'
import { conditionSchema } from './condition/schema.ts'

/** The most nodes one journey may have. */
export const maxNodes = 200

/** A node's id, unique in its graph; later nodes read its saved answer by it. */
export const nodeIdSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/)

export const graphNodeSchema = z.object({
  id: nodeIdSchema,
  kind: z.string().min(1).max(80),
  name: z.string().max(120).default(''),
  config: z.record(z.string(), z.unknown()).default({}),
  position: z.object({ x: z.number(), y: z.number() }).default({ x: 0, y: 0 }),
})

export const graphEdgeSchema = z.object({
  id: z.string().min(1).max(120),
  from: nodeIdSchema,
  output: z.string().min(1).max(40),
  to: nodeIdSchema,
})

/** When a customer may enter again, per entry key. `days` counts from the last entry. */
export const reentrySchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('never') }),
  z.object({ mode: z.literal('after_exit') }),
  z.object({ mode: z.literal('after_days'), days: z.number().int().min(1).max(3650) }),
  z.object({ mode: z.literal('always') }),
])

/** An event that ends an enrollment wherever it stands, at once and right before each send. */
export const exitRuleSchema = z.object({
  event: z.string().min(1).max(120),
  filter: conditionSchema.optional(),
  reason: z.enum(['goal_reached', 'exit_rule']).default('exit_rule'),
})

export const journeySettingsSchema = z.object({
  reentry: reentrySchema.default({ mode: 'never' }),
  exitRules: z.array(exitRuleSchema).max(5).default([]),
})

/** What the canvas saves. A draft may be wrong: this schema checks shape, `validate` checks sense. */
export const graphSchema = z.object({
  nodes: z.array(graphNodeSchema).max(1000),
  edges: z.array(graphEdgeSchema).max(4000),
  settings: journeySettingsSchema.default({ reentry: { mode: 'never' }, exitRules: [] }),
})

export type GraphNode = z.infer<typeof graphNodeSchema>
export type GraphEdge = z.infer<typeof graphEdgeSchema>
export type Reentry = z.infer<typeof reentrySchema>
export type ExitRule = z.infer<typeof exitRuleSchema>
export type JourneySettings = z.infer<typeof journeySettingsSchema>
export type Graph = z.infer<typeof graphSchema>

/** A graph with nothing in it: what a new journey starts from. */
export const emptyGraph: Graph = {
  nodes: [],
  edges: [],
  settings: { reentry: { mode: 'never' }, exitRules: [] },
}
