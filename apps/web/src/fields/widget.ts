import type { GraphNode } from '@tropa/journey'
import type { Field } from '@tropa/nodes'
import type { ControlProps } from '../ui/field.tsx'

/** What every widget of a config field gets. `value` may still be anything: a draft may be wrong. */
export interface WidgetProps {
  field: Field
  value: unknown
  onChange: (value: unknown) => void
  control: ControlProps
  node: GraphNode
}
