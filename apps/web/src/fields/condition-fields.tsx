import { type Condition, kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { Input } from '../ui/input.tsx'
import { freshLeaf } from './condition-edit.ts'
import { ConditionEditor } from './condition-editor.tsx'
import { freeOutputId, listOf, moveBy, replaceAt } from './list-value.ts'
import type { WidgetProps } from './widget.ts'

/** A condition that may be left out. */
export function ConditionField({ field, value, onChange, node }: WidgetProps) {
  const { t } = useTranslation('fields')
  const scope = field.scope ?? 'node'
  if (!value) {
    return (
      <Button
        className="w-fit"
        size="sm"
        icon={<Plus size={14} aria-hidden />}
        onClick={() => onChange({ all: [freshLeaf(scope)] })}
      >
        {t('addCondition')}
      </Button>
    )
  }
  return (
    <div className="flex flex-col gap-2">
      <ConditionEditor
        condition={value as Condition}
        onChange={onChange}
        scope={scope}
        nodeId={node.id}
        event={typeof node.config.event === 'string' ? node.config.event : undefined}
      />
      <Button
        className="w-fit"
        size="sm"
        look="ghost"
        icon={<Trash2 size={14} aria-hidden />}
        onClick={() => onChange(undefined)}
      >
        {t('removeCondition')}
      </Button>
    </div>
  )
}

interface Case {
  id: string
  label: string
  condition: Condition
}

/** Ordered outputs, each with its name and condition; the first that holds is taken. */
export function CasesField({ field, value, onChange, node }: WidgetProps) {
  const { t } = useTranslation('fields')
  const text = useText()
  const cases = listOf<Case>(value)
  const scope = field.scope ?? 'node'
  const outputs = kindOf(kinds, node.kind)?.outputs(node.config) ?? []
  const calledSo = ({ id }: Case) => {
    const output = outputs.find((one) => one.id === id)
    return output && t('calledUnlessNamed', { name: text(output.label) })
  }
  const add = () => {
    const id = freeOutputId(cases.map((one) => one.id))
    onChange([...cases, { id, label: '', condition: { all: [freshLeaf(scope)] } }])
  }
  return (
    <div className="flex flex-col gap-3">
      {cases.map((one, index) => (
        <section
          key={one.id}
          aria-label={t('outputNumber', { number: index + 1 })}
          data-field-name={`cases.${index}`}
          className="flex flex-col gap-2.5 rounded-lg border bg-sunken/50 p-2.5"
        >
          <div className="flex items-center gap-1">
            <Input
              aria-label={t('outputName', { number: index + 1 })}
              placeholder={calledSo(one)}
              value={one.label}
              onChange={(event) => onChange(replaceAt(cases, index, { ...one, label: event.target.value }))}
            />
            <IconButton
              size="sm"
              label={t('moveUp')}
              disabled={index === 0}
              icon={<ArrowUp size={14} aria-hidden />}
              onClick={() => onChange(moveBy(cases, index, -1))}
            />
            <IconButton
              size="sm"
              label={t('moveDown')}
              disabled={index === cases.length - 1}
              icon={<ArrowDown size={14} aria-hidden />}
              onClick={() => onChange(moveBy(cases, index, 1))}
            />
            <IconButton
              size="sm"
              label={t('deleteOutput')}
              disabled={cases.length === 1}
              icon={<Trash2 size={14} aria-hidden />}
              onClick={() => onChange(cases.filter((_, at) => at !== index))}
            />
          </div>
          <div data-field-name={`cases.${index}.condition`}>
            <ConditionEditor
              condition={one.condition}
              onChange={(condition) => onChange(replaceAt(cases, index, { ...one, condition }))}
              scope={scope}
              nodeId={node.id}
              event={undefined}
            />
          </div>
        </section>
      ))}
      <Button
        size="sm"
        className="w-fit"
        icon={<Plus size={14} aria-hidden />}
        disabled={cases.length >= 11}
        onClick={add}
      >
        {t('addOutput')}
      </Button>
    </div>
  )
}
