import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useLanguage, useText } from '../../i18n/use-language.ts'
import { spanInWords } from '../../lists/span.ts'
import type { Enrollment, StepView } from '../enrollment.ts'
import { ConditionTrace } from './condition-trace.tsx'
import { DecisionView } from './decision-view.tsx'
import { printRecordedProperties } from './print-recorded.ts'
import { asSentence } from './sentence.ts'

function Times({ step }: { step: StepView }) {
  const { t } = useTranslation('replay')
  const format = useFormat()
  const language = useLanguage()
  const stayed = new Date(step.leftAt).getTime() - new Date(step.enteredAt).getTime()
  const row = (label: string, value: string) => (
    <div className="flex gap-3">
      <dt className="w-20 shrink-0 text-ink-3">{label}</dt>
      <dd className="tabular">{value}</dd>
    </div>
  )
  return (
    <dl className="flex flex-col gap-0.5 border-t pt-3 text-xs">
      {row(t('receivedIn'), format.dateTime(step.enteredAt))}
      {stayed >= 1000 &&
        row(
          t('left'),
          `${format.dateTime(step.leftAt)} (${t('waitedFor', { span: spanInWords(stayed, language) })})`,
        )}
    </dl>
  )
}

/** Why the step went as it did, in sentences first and then with every value. */
export function WhyPanel({ step, graph }: { step: StepView; graph: Enrollment['graph'] }) {
  const { t } = useTranslation('replay')
  const text = useText()
  const format = useFormat()
  const language = useLanguage()
  const sentences = step.why.map((why) => asSentence(text(why)))
  const reason = step.reasonText ? text(step.reasonText) : null
  // Who or what took the customer out has been told with all that is known of it.
  const told = step.input?.type === 'leave' && sentences.length > 0
  const event = step.input?.type === 'event' ? step.input : null
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        {sentences.length === 0 && !reason && step.outputLabel && (
          <p className="text-ink-2">{t('straightOn')}</p>
        )}
        {sentences.map((sentence) => (
          <p key={sentence} className="text-base break-words">
            {sentence}
          </p>
        ))}
        {reason && !told && !sentences.includes(reason) && <p className="text-base">{reason}</p>}
        <p className="text-sm font-medium">
          {step.outputLabel ? t('leftBy', { output: text(step.outputLabel) }) : t('endedHere')}
        </p>
      </div>
      {event && (
        <section aria-label={t('eventSeen')} className="rounded-lg border bg-surface px-3 py-2.5">
          <p className="text-sm font-medium">{event.event.name}</p>
          <p className="tabular text-xs text-ink-2">
            {[
              printRecordedProperties(event.event.properties, language),
              format.dateTime(new Date(event.event.occurredAt).toISOString()),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {event.match && (
            <div className="mt-2">
              <ConditionTrace trace={event.match} />
            </div>
          )}
        </section>
      )}
      {step.decision && (
        <section aria-label={t('decidedBy')}>
          <h3 className="mb-2 text-xs font-medium text-ink-2">{t('decidedBy')}</h3>
          <DecisionView decision={step.decision} graph={graph} nodeId={step.node} />
        </section>
      )}
      <Times step={step} />
    </div>
  )
}
