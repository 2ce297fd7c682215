import { type Comparand, type FactRef, isFactRef, type Leaf, type OperandKind } from '@tropa/journey'
import { useTranslation } from 'react-i18next'
import { Input, NumberInput } from '../ui/input.tsx'
import { Select } from '../ui/select.tsx'
import { FactParams } from './fact-params.tsx'
import { ScalarInput } from './scalar-input.tsx'
import { DurationInput } from './simple-fields.tsx'

interface OperandInputProps {
  operand: OperandKind
  value: Leaf['value']
  onChange: (value: Leaf['value']) => void
  /** Whether the other side may be a property of the entry event. */
  mayCompare: boolean
  nodeId: string
}

/** What a comparison compares with: a value of the operator's kind, or a property of the entry event. */
export function OperandInput({ operand, value, onChange, mayCompare, nodeId }: OperandInputProps) {
  const { t } = useTranslation('fields')
  const reference = isFactRef(value) ? value : null
  return (
    <div className="flex flex-col gap-2">
      {reference ? (
        <FactParams
          fact="entry"
          params={reference.params}
          nodeId={nodeId}
          event={undefined}
          onChange={(params) => onChange({ ...reference, params } satisfies FactRef)}
        />
      ) : (
        <ValueInput operand={operand} value={value as Comparand | undefined} onChange={onChange} />
      )}
      {mayCompare && (
        <Select
          label={t('compareWith')}
          value={reference ? 'entry' : 'value'}
          onChange={(chosen) => onChange(chosen === 'entry' ? { fact: 'entry', params: {} } : undefined)}
          choices={[
            { value: 'value', label: t('compareWithValue') },
            { value: 'entry', label: t('compareWithEntry') },
          ]}
        />
      )}
    </div>
  )
}

function ValueInput({
  operand,
  value,
  onChange,
}: Pick<OperandInputProps, 'operand' | 'onChange'> & { value: Comparand | undefined }) {
  const { t } = useTranslation('fields')
  const label = t('value')
  switch (operand) {
    case 'number':
      return (
        <NumberInput
          aria-label={label}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      )
    case 'text':
      return (
        <Input
          aria-label={label}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    case 'duration':
      return <DurationInput label={label} value={value ?? ''} onChange={onChange} />
    case 'boolean':
      return (
        <Select
          label={label}
          value={value === undefined ? null : value === true ? 'yes' : 'no'}
          onChange={(next) => onChange(next === 'yes')}
          choices={[
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
        />
      )
    case 'range':
      return <RangeInput value={value} onChange={onChange} />
    case 'list':
      return <ListInput value={value} onChange={onChange} />
    default:
      return <ScalarInput label={label} value={value} onChange={onChange} />
  }
}

function RangeInput({
  value,
  onChange,
}: {
  value: Comparand | undefined
  onChange: (value: Comparand) => void
}) {
  const { t } = useTranslation('fields')
  const [low, high] = Array.isArray(value) ? value : []
  const side = (part: unknown) => (typeof part === 'number' ? part : null)
  const change = (from: number | null, to: number | null) => onChange([from ?? to ?? 0, to ?? from ?? 0])
  return (
    <div className="flex items-center gap-2">
      <NumberInput
        bare
        aria-label={t('from')}
        value={side(low)}
        onChange={(next) => change(next, side(high))}
      />
      <span className="text-ink-3">–</span>
      <NumberInput
        bare
        aria-label={t('to')}
        value={side(high)}
        onChange={(next) => change(side(low), next)}
      />
    </div>
  )
}

function ListInput({
  value,
  onChange,
}: {
  value: Comparand | undefined
  onChange: (value: Comparand) => void
}) {
  const { t } = useTranslation('fields')
  const listed = Array.isArray(value) ? value.join(', ') : ''
  const parse = (typed: string) =>
    typed
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) => (/^-?\d+(\.\d+)?$/.test(part) ? Number(part) : part))
  return (
    <div>
      <Input
        key={listed}
        aria-label={t('valueList')}
        placeholder={t('valueList')}
        defaultValue={listed}
        onBlur={(event) => onChange(parse(event.target.value))}
      />
    </div>
  )
}
