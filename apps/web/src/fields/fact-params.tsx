import { factById, type ParamKind, predecessors } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditor } from '../canvas/editor/editor-context.tsx'
import { useNodeName } from '../canvas/node-card.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Select } from '../ui/select.tsx'
import { DurationInput } from './simple-fields.tsx'
import { useOffers } from './use-offers.ts'

interface FactParamsProps {
  fact: string
  params: Record<string, string>
  onChange: (params: Record<string, string>) => void
  nodeId: string
  event: string | undefined
}

/** What a fact still needs to be told: which property, attribute, event, period, channel or earlier node. */
export function FactParams({ fact, params, onChange, nodeId, event }: FactParamsProps) {
  const definition = factById(fact)
  return definition?.params.map(({ name, kind, optional }) => (
    <Param
      key={name}
      kind={kind}
      optional={optional ?? false}
      value={params[name] ?? ''}
      nodeId={nodeId}
      event={params.event ?? (fact === 'event' ? event : undefined)}
      savedNode={params.node}
      onChange={(value) => {
        const { [name]: _, ...rest } = params
        onChange(value === '' ? rest : { ...rest, [name]: value })
      }}
    />
  ))
}

interface ParamProps {
  kind: ParamKind
  optional: boolean
  value: string
  onChange: (value: string) => void
  nodeId: string
  event: string | undefined
  savedNode: string | undefined
}

function Param({ kind, optional, value, onChange, nodeId, event, savedNode }: ParamProps) {
  const { t } = useTranslation('fields')
  const choices = useParamChoices(kind, nodeId, event, savedNode)
  if (kind === 'duration') {
    return (
      <div className="flex flex-col gap-1.5">
        {optional && (
          <Checkbox
            checked={value !== ''}
            onChange={(on) => onChange(on ? '30d' : '')}
            label={t('withinPeriod')}
          />
        )}
        {(value !== '' || !optional) && (
          <DurationInput value={value} onChange={onChange} label={t('withinPeriod')} />
        )}
      </div>
    )
  }
  if (kind === 'channel' || kind === 'node') {
    return (
      <Select
        label={t(`param_${kind}`)}
        placeholder={t(`param_${kind}`)}
        value={value || null}
        onChange={onChange}
        choices={choices}
      />
    )
  }
  return (
    <Combobox
      free
      label={t(`param_${kind}`)}
      placeholder={t(`param_${kind}`)}
      value={value}
      onChange={onChange}
      choices={choices}
    />
  )
}

/** What can be offered for a parameter: names known somewhere, and the nodes that come before. */
function useParamChoices(
  kind: ParamKind,
  nodeId: string,
  event: string | undefined,
  savedNode: string | undefined,
) {
  const offers = useOffers()
  const graph = useEditor((state) => state.graph)
  const nodeName = useNodeName()
  const { t } = useTranslation('fields')
  return useMemo(() => {
    if (kind === 'attribute') return offers.attributes()
    if (kind === 'event') return offers.events()
    if (kind === 'channel') return [{ value: 'email', label: t('channel_email') }]
    if (kind === 'property') {
      const entries = graph.nodes.filter((node) => kinds.some((one) => one.kind === node.kind && one.entry))
      const entryEvents = entries.map((node) => String(node.config.event ?? '')).filter(Boolean)
      return offers.properties(event ? [event] : entryEvents)
    }
    const saving = graph.nodes.filter((node) => {
      const saves = kinds.find((one) => one.kind === node.kind)?.saves
      return saves !== undefined && predecessors(graph, nodeId).has(node.id)
    })
    if (kind === 'node') return saving.map((node) => ({ value: node.id, label: nodeName(node) }))
    const node = saving.find(({ id }) => id === savedNode)
    const saved = kinds.find((one) => one.kind === node?.kind)?.saves(node?.config ?? {})
    if (saved === 'open') return offers.properties([String(node?.config.event ?? '')].filter(Boolean))
    return [...(saved ?? [])].sort().map((name) => ({ value: name, label: name }))
  }, [kind, offers, graph, nodeId, event, savedNode, nodeName, t])
}
