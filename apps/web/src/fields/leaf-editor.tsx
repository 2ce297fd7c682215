import { type ConditionScope, factById, facts, isFactRef, type Leaf, operatorById } from '@tropa/journey'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import { Select } from '../ui/select.tsx'
import { operatorsFor, withOperator } from './condition-edit.ts'
import { FactParams } from './fact-params.tsx'
import { OperandInput } from './operand-input.tsx'

interface LeafEditorProps {
  leaf: Leaf
  onChange: (leaf: Leaf) => void
  scope: ConditionScope
  nodeId: string
  event: string | undefined
  trailing: ReactNode
}

/** One comparison: what is looked at, how, and what it is compared with. */
export function LeafEditor({ leaf, onChange, scope, nodeId, event, trailing }: LeafEditorProps) {
  const { t } = useTranslation('fields')
  const text = useText()
  const fact = factById(leaf.fact)
  const offered = Object.entries(facts)
    .filter(([, one]) => (one.scopes as readonly ConditionScope[]).includes(scope))
    .map(([id, one]) => ({ value: id, label: text(one.label) }))
  const choices = operatorsFor(fact?.value ?? 'any').map((id) => ({
    value: id as string,
    label: text(operatorById(id)?.label ?? { en: id, ru: id }),
  }))
  const operand = operatorById(leaf.operator)?.operand ?? 'same'
  const changeFact = (id: string) => {
    const operators = operatorsFor(factById(id)?.value ?? 'any')
    const operator = operators.find((one) => one === leaf.operator) ?? operators[0] ?? 'equal'
    onChange(withOperator({ fact: id, params: {}, operator: leaf.operator }, operator))
  }
  return (
    <div className="flex flex-col gap-2 rounded-lg border bg-surface p-2.5" data-leaf>
      <div className="flex items-center gap-1.5">
        <Select
          className="min-w-0 flex-1"
          label={t('fact')}
          value={leaf.fact}
          onChange={changeFact}
          choices={offered}
        />
        {trailing}
      </div>
      <FactParams
        fact={leaf.fact}
        params={leaf.params}
        nodeId={nodeId}
        event={event}
        onChange={(params) => onChange({ ...leaf, params })}
      />
      <Select
        label={t('operator')}
        value={leaf.operator}
        onChange={(operator) => onChange(withOperator(leaf, operator))}
        choices={choices}
      />
      {operand !== 'none' && (
        <OperandInput
          operand={fact?.value === 'boolean' ? 'boolean' : operand}
          value={leaf.value}
          mayCompare={
            scope !== 'entry_filter' &&
            (operand === 'same' || operand === 'number') &&
            !(leaf.fact === 'entry' && !isFactRef(leaf.value))
          }
          nodeId={nodeId}
          onChange={(value) => {
            const { value: _, ...rest } = leaf
            onChange(value === undefined ? rest : { ...rest, value })
          }}
        />
      )}
    </div>
  )
}
