import { type GraphNode, kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useTranslation } from 'react-i18next'
import { useNodeName } from '../canvas/node-card.tsx'
import { useText } from '../i18n/use-language.ts'
import { Select } from '../ui/select.tsx'

/** What a passage may have done at a node other than stand there now. */
export const waysOfBeing = ['entered', 'left', 'failed'] as const

export type WayOfBeing = (typeof waysOfBeing)[number]

interface Wanted {
  node?: string | undefined
  was?: WayOfBeing | undefined
  /** The outputs by which it left, with commas between them. */
  output?: string | undefined
}

/** The filter that asks for no node. */
export const anyNode: Wanted = { node: undefined, was: undefined, output: undefined }

const wordsOf = { entered: 'numberEntered', left: 'numberMovedOn', failed: 'numberFailed' } as const

const anything = 'any'
const standsThere = 'now'

interface NodeFilterProps {
  nodes: readonly GraphNode[]
  filters: Wanted
  onChange: (wanted: Wanted) => void
}

/** Narrows the list to one node: who stands there now, came there, moved on from there, or failed there. */
export function NodeFilter({ nodes, filters, onChange }: NodeFilterProps) {
  const { t } = useTranslation('replay')
  const { t: tCanvas } = useTranslation('canvas')
  const text = useText()
  const nodeName = useNodeName()
  const node = nodes.find(({ id }) => id === filters.node)
  const outputs = node ? (kindOf(kinds, node.kind)?.outputs(node.config) ?? []) : []
  const by = (filters.output?.split(',') ?? []).map((id) => {
    const label = outputs.find((output) => output.id === id)?.label
    return label ? text(label) : id
  })
  const ends = node !== undefined && outputs.length === 0
  const words = (way: WayOfBeing) =>
    way === 'left' && ends
      ? tCanvas('numberEnded')
      : way === 'left' && by.length > 0
        ? `${tCanvas('numberMovedOn')}: ${by.join(', ')}`
        : tCanvas(wordsOf[way])
  return (
    <>
      <Select
        label={t('node')}
        className="md:!w-44"
        value={filters.node ?? anything}
        onChange={(value) => onChange(value === anything ? anyNode : { node: value, output: undefined })}
        choices={[
          { value: anything, label: t('anyNode') },
          ...nodes.map((one) => ({ value: one.id, label: nodeName(one) })),
        ]}
      />
      {filters.node !== undefined && (
        <Select
          label={tCanvas('wasThere')}
          className={by.length > 0 ? 'max-md:col-span-2 md:!w-80' : 'md:!w-52'}
          value={filters.was ?? standsThere}
          onChange={(value) => onChange({ was: waysOfBeing.find((way) => way === value), output: undefined })}
          choices={[
            { value: standsThere, label: tCanvas('numberWaiting') },
            ...waysOfBeing.map((way) => ({ value: way, label: words(way) })),
          ]}
        />
      )}
    </>
  )
}
