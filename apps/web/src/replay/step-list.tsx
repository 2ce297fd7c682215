import { kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { Hourglass } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { KindIcon } from '../canvas/kind-icon.tsx'
import { useNodeName } from '../canvas/node-card.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage, useText } from '../i18n/use-language.ts'
import { spanInWords } from '../lists/span.ts'
import { cx } from '../ui/cx.ts'
import { type Enrollment, pendingSeq, type StepView } from './enrollment.ts'
import { asSentence } from './step/sentence.ts'

const circles = {
  done: 'bg-accent text-white',
  ended: 'bg-accent text-white',
  failed: 'bg-err text-white dark:text-black',
  removed: 'bg-sunken text-ink-2 border',
  now: 'bg-wait-soft text-wait',
} as const

interface RowProps {
  /** Whether the page may scroll to the row when it is the chosen one. */
  follow: boolean
  seq: number
  tone: keyof typeof circles
  kind: string
  name: string
  /** How it was left, or until when it waits. */
  foot: string
  time: string
  chosen: boolean
  onChoose: (seq: number) => void
  children: ReactNode
}

function Row({ follow, seq, tone, kind, name, foot, time, chosen, onChoose, children }: RowProps) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (chosen && follow) button.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen, follow])
  return (
    <button
      ref={button}
      type="button"
      aria-current={chosen ? 'step' : undefined}
      data-step={seq}
      onClick={() => onChoose(seq)}
      className={cx(
        'flex w-full gap-3 rounded-lg px-3 py-2.5 text-left',
        chosen ? 'bg-accent-soft' : 'hover:bg-sunken',
      )}
    >
      <span
        className={cx(
          'tabular mt-0.5 flex size-6 shrink-0 items-center justify-center rounded-full text-xs font-semibold',
          circles[tone],
        )}
      >
        {seq}
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-x-1.5 text-sm font-semibold">
          <KindIcon name={kindOf(kinds, kind)?.icon} size={14} />
          <span className="min-w-0 break-words">{name}</span>
        </span>
        {children}
        <span className="flex flex-wrap items-baseline gap-x-2 text-xs text-ink-2">
          <span className="min-w-0 break-words">{foot}</span>
          <span className="tabular ml-auto shrink-0">{time}</span>
        </span>
      </span>
    </button>
  )
}

function StepWords({ step }: { step: StepView }) {
  const { t } = useTranslation('replay')
  const text = useText()
  const language = useLanguage()
  const stayed = new Date(step.leftAt).getTime() - new Date(step.enteredAt).getTime()
  const reasons = step.why.length === 0 && step.reasonText ? [step.reasonText] : step.why
  const sentences = reasons.map((reason) => asSentence(text(reason)))
  return (
    <>
      {sentences.slice(0, 3).map((sentence) => (
        <span key={sentence} className="block text-sm break-words text-ink-2">
          {sentence}
        </span>
      ))}
      {sentences.length === 0 && stayed >= 60_000 && (
        <span className="mt-0.5 flex items-center gap-1 text-xs text-wait">
          <Hourglass size={12} aria-hidden />
          {t('waitedFor', { span: spanInWords(stayed, language) })}
        </span>
      )}
      {!step.outputLabel && <span className="block text-sm text-ink-2">{t('endedHere')}</span>}
    </>
  )
}

interface StepListProps {
  enrollment: Enrollment
  seq: number
  onChoose: (seq: number) => void
  /** On a phone the chosen step opens its panel right below. */
  below?: ReactNode
}

/** The way of one enrollment as a list of plain sentences; all that the canvas shows can be read here. */
export function StepList({ enrollment, seq, onChoose, below }: StepListProps) {
  const { t } = useTranslation('replay')
  const text = useText()
  const format = useFormat()
  const nodeName = useNodeName()
  const { steps, pending } = enrollment
  const now = pendingSeq(steps)
  // On a phone the list shares the page with its head and the canvas: opening the page must not scroll them away.
  const opened = useRef(seq)
  const follow = below === undefined || opened.current !== seq
  const nameOf = (step: StepView) => {
    const node = enrollment.graph.nodes.find(({ id }) => id === step.node)
    return node ? nodeName(node) : text(step.nodeName)
  }
  const pendingNode = enrollment.graph.nodes.find(({ id }) => id === pending?.node)
  return (
    <ol aria-label={t('steps')} className="flex flex-col gap-0.5">
      {steps.map((step) => (
        <li key={step.seq}>
          <Row
            follow={follow}
            seq={step.seq}
            tone={step.status}
            kind={step.kind}
            name={nameOf(step)}
            foot={step.outputLabel ? `→ ${text(step.outputLabel)}` : ''}
            time={format.dayTime(step.enteredAt)}
            chosen={seq === step.seq}
            onChoose={onChoose}
          >
            <StepWords step={step} />
          </Row>
          {seq === step.seq && below}
        </li>
      ))}
      {pending && (
        <li>
          <Row
            follow={follow}
            seq={now}
            tone="now"
            kind={pendingNode?.kind ?? ''}
            name={pendingNode ? nodeName(pendingNode) : pending.node}
            foot={pending.dueAt ? t('until', { time: format.dateTime(pending.dueAt) }) : ''}
            time={t('nowHere')}
            chosen={seq === now}
            onChoose={onChoose}
          >
            <span className="block text-sm text-wait">
              {pending.waitingFor ? t(`waiting_${pending.waitingFor}`) : t('startHere')}
            </span>
          </Row>
          {seq === now && below}
        </li>
      )}
      {steps.length === 0 && !pending && <li className="px-3 py-2 text-sm text-ink-3">{t('noSteps')}</li>}
    </ol>
  )
}
