import type { z } from 'zod'
import type { Command } from './command.ts'
import type { ConditionTrace } from './condition/evaluate.ts'
import type { ConditionScope } from './condition/facts.ts'
import type { Condition } from './condition/schema.ts'
import type { GraphNode } from './graph.ts'
import type { Text } from './text.ts'

/** Where a kind sits in the palette. */
export type NodeGroup = 'entry' | 'timing' | 'logic' | 'message' | 'customer' | 'end'

/** An output as the canvas draws it. */
export interface Output {
  id: string
  label: Text
}

/** The event that lets customers in, as a plan stores it. */
export interface EntryRule {
  event: string
  filter?: Condition | undefined
  /** Property of the event whose value separates parallel enrollments of one customer; none = one enrollment at a time. */
  keyProperty?: string | undefined
}

/** The event that let a customer in, kept with the enrollment. Instants are epoch milliseconds. */
export interface EventFacts {
  id: string
  name: string
  occurredAt: number
  properties: Record<string, unknown>
}

/** What a kind's `run` may look at. Nothing else exists for it: no clock, no I/O. */
export interface RunContext<C> {
  config: C
  /** Epoch milliseconds of the wake-up that led here. */
  now: number
  nodeId: string
  entry: EventFacts
  /** Evaluates a condition against recorded reads. */
  decide: (condition: Condition) => Promise<ConditionTrace>
  /** The customer's sticky place in [0, 1) for a salt: the same customer, journey and entry key give the same number. */
  bucket: (salt: string) => number
}

/** A node of the sketch a kind's own check may look at. */
export interface CheckContext {
  node: GraphNode
  nodes: readonly GraphNode[]
}

/** A fault found by a kind's own check; `field` is the config field it belongs to. */
export interface KindFault {
  code: string
  severity: 'error' | 'warning'
  field: string
  text: Text
  fix: Text
}

/** A condition inside a config and where it stands, so that the grammar can check it and find what it reads. */
export interface PlacedCondition {
  field: string
  scope: ConditionScope
  condition: Condition
}

/** An example that is the kind's test, its documentation and the simulator's demo at once. */
export interface NodeExample<C = unknown> {
  title: Text
  config: C
  /** Properties of the entry event. */
  entry?: Record<string, unknown>
  attributes?: Record<string, unknown>
  /** What happens while the node waits: after so many milliseconds, or never. */
  arrives?: { afterMs: number; event: string; properties?: Record<string, unknown> }
  /** How a message or call ends. */
  outcome?: 'sent' | 'not_sent' | 'failed' | 'done'
  /** The output taken, or `null` when the journey ends here; and how long the node waited. */
  expect: { output: string | null; waitedMs?: number }
}

export interface NodeKind<C = unknown> {
  kind: string
  group: NodeGroup
  /** Name of a lucide icon. */
  icon: string
  title: Text
  help: Text
  /** The config; its fields carry their label and widget as `.meta()` (see fields of the vocabulary). */
  config: z.ZodType<C>
  /** The config of a fresh node; may be incomplete. */
  initial: Record<string, unknown>
  /** Outputs in drawing order for a config that may still be wrong. */
  outputs: (config: Record<string, unknown>) => Output[]
  /** Output → the output whose way it shares while it leads nowhere itself. */
  fallbacks: Record<string, string>
  /** One line for the card, for a config that may still be wrong. */
  summary: (config: Record<string, unknown>) => Text
  check: (config: C, context: CheckContext) => KindFault[]
  /** Every condition inside the config. */
  conditions: (config: C) => PlacedCondition[]
  /** For entries: the way in. */
  entry: ((config: C) => EntryRule) | null
  /** Whether the node always takes time, so that a loop through it cannot spin. */
  waits: boolean
  /** Event names the node can listen to. */
  listens: (config: C) => string[]
  /** Fields of this node's saved answer that later nodes may read: an open list when the event decides. */
  saves: (config: C) => string[] | 'open'
  run: (context: RunContext<C>) => Command | Promise<Command>
  examples: NodeExample<C>[]
}

interface NodeDefinition<C, O extends string> {
  kind: string
  group: NodeGroup
  icon: string
  title: Text
  help: Text
  config: z.ZodType<C>
  initial: Record<string, unknown>
  /** Output id → label, in drawing order; or `outputsFrom` when the config decides. */
  outputs: Record<O, Text>
  outputsFrom?: (config: Record<string, unknown>) => Output[]
  fallbacks?: Partial<Record<NoInfer<O>, NoInfer<O>>>
  summary: (config: C) => Text
  check?: (config: C, context: CheckContext) => KindFault[]
  conditions?: (config: C) => PlacedCondition[]
  entry?: (config: C) => EntryRule
  waits?: boolean
  listens?: (config: C) => string[]
  saves?: (config: C) => string[] | 'open'
  run: (context: RunContext<C>) => Command<NoInfer<O>> | Promise<Command<NoInfer<O>>>
  examples: NodeExample<C>[]
}

/**
 * Makes a node kind. `run` may name only outputs the kind declares: a misspelt one does not compile.
 * The summary of a config that does not parse yet is the kind's help line.
 */
export function defineNode<C, const O extends string>(definition: NodeDefinition<C, O>): NodeKind<C> {
  const declared = Object.entries<Text>(definition.outputs).map(([id, label]) => ({ id, label }))
  return {
    ...definition,
    outputs: (config) => definition.outputsFrom?.(config) ?? declared,
    fallbacks: (definition.fallbacks ?? {}) as Record<string, string>,
    summary: (config) => {
      const parsed = definition.config.safeParse(config)
      return parsed.success ? definition.summary(parsed.data) : definition.help
    },
    check: definition.check ?? (() => []),
    conditions: definition.conditions ?? (() => []),
    entry: definition.entry ?? null,
    waits: definition.waits ?? false,
    listens: definition.listens ?? (() => []),
    saves: definition.saves ?? (() => []),
  }
}

/** Any kind, whatever its config: what the grammar's functions take as an argument. */
// biome-ignore lint/suspicious/noExplicitAny: a list of kinds holds different config types; each kind parses its own.
export type AnyKind = NodeKind<any>

/** Finds a kind by its stored name. */
export function kindOf(kinds: readonly AnyKind[], name: string): AnyKind | undefined {
  return kinds.find((kind) => kind.kind === name)
}
