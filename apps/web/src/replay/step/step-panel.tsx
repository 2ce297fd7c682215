import { useTranslation } from 'react-i18next'
import { useNodeName } from '../../canvas/node-card.tsx'
import { useText } from '../../i18n/use-language.ts'
import { JsonView } from '../../ui/json-view.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import type { Enrollment } from '../enrollment.ts'
import { AttemptsPanel } from './attempts-panel.tsx'
import { DataPanel } from './data-panel.tsx'
import { MessagePanel } from './message-panel.tsx'
import { NowPanel } from './now-panel.tsx'
import { type StepTab, tabsAt } from './step-tabs.ts'
import { WhyPanel } from './why-panel.tsx'

interface StepPanelProps {
  enrollment: Enrollment
  seq: number
  tab: StepTab
  onTab: (tab: StepTab) => void
}

/** One step from five sides; for the place where the customer stands now the first side is what comes next. */
export function StepPanel({ enrollment, seq, tab, onTab }: StepPanelProps) {
  const { t } = useTranslation('replay')
  const text = useText()
  const nodeName = useNodeName()
  const step = enrollment.steps.find((one) => one.seq === seq)
  const node = enrollment.graph.nodes.find(({ id }) => id === step?.node)
  const pending = step ? null : enrollment.pending
  if (!step && !pending) return <p className="p-4 text-sm text-ink-2">{t('noSteps')}</p>
  const message = step?.message ?? pending?.message ?? null
  const shown = tabsAt(enrollment, seq)
  const content = {
    why: step ? (
      <WhyPanel step={step} graph={enrollment.graph} />
    ) : (
      pending && <NowPanel enrollment={enrollment} pending={pending} />
    ),
    data: <DataPanel reads={step?.reads ?? pending?.reads ?? []} enrollment={enrollment} />,
    attempts: message && <AttemptsPanel message={message} test={enrollment.test} />,
    message: message && <MessagePanel message={message} />,
    raw: <JsonView value={step ?? pending} label={t('tab_raw')} />,
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-1 p-4">
      <h2 className="flex items-baseline gap-2 text-base font-semibold">
        {step ? (node ? nodeName(node) : text(step.nodeName)) : t('nowHere')}
        <span className="tabular text-xs font-normal text-ink-3">{t('step', { n: seq })}</span>
      </h2>
      <Tabs
        value={shown.includes(tab) ? tab : 'why'}
        onChange={onTab}
        label={t('step', { n: seq })}
        className="flex-1"
        tabs={shown.map((value) => ({ value, label: t(`tab_${value}`), content: content[value] }))}
      />
    </div>
  )
}
