import { type Decision, kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useText } from '../../i18n/use-language.ts'
import { cx } from '../../ui/cx.ts'
import type { Enrollment } from '../enrollment.ts'
import { ConditionTrace } from './condition-trace.tsx'

/** The label of an output on the canvas the enrollment went through. */
export function useOutputLabel(graph: Enrollment['graph'], nodeId: string): (output: string) => string {
  const text = useText()
  const node = graph.nodes.find(({ id }) => id === nodeId)
  const outputs = node ? (kindOf(kinds, node.kind)?.outputs(node.config) ?? []) : []
  return (output) => {
    const found = outputs.find(({ id }) => id === output)
    return found ? text(found.label) : output
  }
}

function Taken({ yes }: { yes: boolean }) {
  const { t } = useTranslation('replay')
  if (!yes) return null
  return (
    <span className="rounded-full bg-accent-soft px-2 py-0.5 text-xs font-medium text-accent-text">
      {t('outcomeTaken')}
    </span>
  )
}

function Split({
  decision,
  label,
}: {
  decision: Extract<Decision, { by: 'split' }>
  label: (id: string) => string
}) {
  const { t } = useTranslation('replay')
  const format = useFormat()
  return (
    <div>
      <div className="relative flex h-3 overflow-hidden rounded-full bg-sunken" aria-hidden>
        {decision.shares.map(({ output, share }) => (
          <div
            key={output}
            className={cx(
              'border-r-2 border-surface last:border-0',
              output === decision.chosen ? 'bg-accent' : 'bg-line',
            )}
            style={{ width: `${share}%` }}
          />
        ))}
        <div className="absolute inset-y-0 w-0.5 bg-ink" style={{ left: `${decision.bucket * 100}%` }} />
      </div>
      <p className="tabular mt-2 text-sm">
        {t('bucketAt', { place: format.number(Math.round(decision.bucket * 1000) / 10) })}
      </p>
      <ul className="mt-2 flex flex-col gap-1 text-sm">
        {decision.shares.map(({ output }) => (
          <li key={output} className="flex items-center gap-2">
            {label(output)} <Taken yes={output === decision.chosen} />
          </li>
        ))}
      </ul>
    </div>
  )
}

interface DecisionViewProps {
  decision: Decision
  graph: Enrollment['graph']
  nodeId: string
}

/** How a node chose: each output's comparisons in the order they were made, or the customer's place in a split. */
export function DecisionView({ decision, graph, nodeId }: DecisionViewProps) {
  const { t } = useTranslation('replay')
  const label = useOutputLabel(graph, nodeId)
  if (decision.by === 'goal') return <p className="text-sm">{decision.name}</p>
  if (decision.by === 'split') return <Split decision={decision} label={label} />
  const matched = decision.outputs.some(({ output }) => output === decision.chosen)
  return (
    <ol className="flex flex-col gap-3">
      {decision.outputs.map(({ output, trace }) => (
        <li key={output} className="rounded-lg border bg-surface px-3 py-2.5">
          <p className="mb-1.5 flex items-center gap-2 text-sm font-medium">
            {label(output)} <Taken yes={output === decision.chosen} />
          </p>
          <ConditionTrace trace={trace} />
        </li>
      ))}
      {!matched && (
        <li className="flex items-center gap-2 rounded-lg border bg-surface px-3 py-2.5 text-sm font-medium">
          {label(decision.chosen) || t('otherwise')} <Taken yes />
        </li>
      )}
    </ol>
  )
}
