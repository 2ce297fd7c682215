import type { FieldKind } from '@tropa/nodes'
import type { ComponentType } from 'react'
import { CasesField, ConditionField } from './condition-fields.tsx'
import { ChangesField, SharesField } from './list-fields.tsx'
import {
  ChoiceField,
  ConnectionField,
  DurationField,
  EventField,
  NumberField,
  PropertyField,
  TemplateField,
  TextField,
} from './simple-fields.tsx'
import type { WidgetProps } from './widget.ts'

/** The widget of every kind of field; a kind of field without one does not compile. */
export const widgets: Record<FieldKind, ComponentType<WidgetProps>> = {
  text: TextField,
  number: NumberField,
  choice: ChoiceField,
  duration: DurationField,
  event: EventField,
  property: PropertyField,
  condition: ConditionField,
  template: TemplateField,
  connection: ConnectionField,
  cases: CasesField,
  shares: SharesField,
  changes: ChangesField,
}
