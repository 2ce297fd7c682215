import { Check } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMember } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { cx } from '../ui/cx.ts'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { FormatStep } from './format-step.tsx'
import { daysOfFile, fittingPace, type ImportJob, isPace, type Mapping } from './import-job.ts'
import { ModeStep } from './mode-step.tsx'
import { PreviewStep } from './preview-step.tsx'
import { type Choices, choicesOf, guessChoices, mappingOf } from './roles.ts'
import { useChangeImport, useImportAction } from './use-import.ts'
import { type WizardStep, wizardSteps } from './wizard-step.ts'

const titles = {
  format: 'stepFormat',
  columns: 'stepColumns',
  mode: 'stepMode',
  preview: 'stepPreview',
} as const

function Steps({ step, onStep }: { step: WizardStep; onStep: (step: WizardStep) => void }) {
  const { t } = useTranslation('imports')
  const at = wizardSteps.indexOf(step)
  const list = useRef<HTMLOListElement>(null)
  // Each step begins at its top, once the router has put back how far down the last one was read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the step changes
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      list.current?.closest('main')?.scrollTo({ top: 0 })
    })
    return () => cancelAnimationFrame(frame)
  }, [step])
  return (
    <ol ref={list} aria-label={t('steps')} className="mb-6 flex flex-wrap gap-x-6 gap-y-2 border-b pb-4">
      {wizardSteps.map((one, index) => (
        <li key={one}>
          <button
            type="button"
            disabled={index > at}
            aria-current={one === step ? 'step' : undefined}
            onClick={() => onStep(one)}
            className={cx(
              'flex items-center gap-2 text-sm',
              one === step
                ? 'font-semibold text-ink'
                : 'text-ink-2 enabled:hover:text-ink disabled:text-ink-3',
            )}
          >
            <span
              className={cx(
                'flex size-6 items-center justify-center rounded-full text-xs font-semibold',
                index <= at ? 'bg-accent text-white' : 'border border-line-control text-ink-3',
              )}
            >
              {index < at ? <Check size={13} strokeWidth={3} aria-hidden /> : index + 1}
            </span>
            {t(titles[one])}
          </button>
        </li>
      ))}
    </ol>
  )
}

/** The days of a file that does not tell: half a year. */
const usualDays = 180

function isMapping(mapping: ImportJob['mapping']): mapping is Mapping {
  return 'customer' in mapping
}

/** The choices of a job, kept here while the member edits and guessed anew when the file is read another way. */
function useChoices(job: ImportJob) {
  const { workspace } = useMember()
  const columns = job.format.columns
  const shape = `${job.format.separator}|${job.format.header}|${job.format.encoding}|${columns.length}`
  const start = (): Choices =>
    isMapping(job.mapping)
      ? choicesOf(job.mapping, columns, workspace.timeZone)
      : guessChoices(columns, workspace.timeZone)
  const [choices, setChoices] = useState<Choices>(start)
  const known = useRef(shape)
  useEffect(() => {
    if (known.current === shape) return
    known.current = shape
    setChoices(guessChoices(columns, workspace.timeZone))
  }, [shape, columns, workspace.timeZone])
  return { choices, setChoices }
}

/** Starts at once, or asks first when nobody would enter any journey. */
function StartButton({ job, disabled }: { job: ImportJob; disabled: boolean }) {
  const { t } = useTranslation('imports')
  const { mutate, isPending } = useImportAction(job.id)
  const [asking, setAsking] = useState(false)
  const start = () => mutate('start', { onSettled: () => setAsking(false) })
  return (
    <>
      <Button
        look="primary"
        size="lg"
        busy={isPending}
        disabled={disabled}
        onClick={() => (job.silent ? setAsking(true) : start())}
      >
        {t(isPending ? 'starting' : 'start')}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('nobodyQuestion')}
        description={t('nobodyText', { events: (job.reach ?? []).map(({ event }) => event).join(', ') })}
        action={t('startAnyway')}
        busy={isPending}
        onConfirm={start}
      />
    </>
  )
}

interface ImportWizardProps {
  job: ImportJob
  step: WizardStep
  onStep: (step: WizardStep) => void
}

/** Four steps from a file to its import; every guess is filled in, so that Next is usually enough. */
export function ImportWizard({ job, step, onStep }: ImportWizardProps) {
  const { t } = useTranslation('imports')
  const { choices, setChoices } = useChoices(job)
  const change = useChangeImport(job.id)
  const [mode, setMode] = useState(job.mode)
  const [chosenPace, choosePace] = useState<number | null | undefined>(job.secondsPerDay ?? undefined)
  const days = job.extent ? daysOfFile(job.extent) : null
  const secondsPerDay = chosenPace === undefined ? fittingPace(days ?? usualDays) : chosenPace
  const mapping = useMemo(() => mappingOf(choices, job.format.columns), [choices, job.format.columns])
  const at = wizardSteps.indexOf(step)
  const go = async (by: 1 | -1) => {
    const next = wizardSteps[at + by]
    if (!next) return
    // The next step tells which journeys wait for these events and how long they would take.
    if (next === 'mode' && mapping) await change.mutateAsync({ mapping })
    if (next === 'preview' && mapping) {
      const pace = mode === 'compressed' && isPace(secondsPerDay) ? { secondsPerDay } : {}
      await change.mutateAsync({ mapping, mode, ...pace })
    }
    onStep(next)
  }
  // A reload in the middle comes back to a preview that the server has not made yet.
  const settle = change.mutate
  const settled = useRef(false)
  useEffect(() => {
    if (step !== 'preview' || settled.current || !mapping || (job.preview ?? []).length > 0) return
    settled.current = true
    settle({ mapping })
  }, [step, job.preview, mapping, settle])
  return (
    <>
      <Steps step={step} onStep={onStep} />
      {step === 'format' && (
        <FormatStep job={job} busy={change.isPending} onChange={(format) => change.mutate({ format })} />
      )}
      {step === 'columns' && (
        <ColumnsStep columns={job.format.columns} choices={choices} onChange={setChoices} />
      )}
      {step === 'mode' && (
        <ModeStep
          fileName={job.fileName}
          mode={mode}
          onMode={setMode}
          secondsPerDay={secondsPerDay}
          onSecondsPerDay={choosePace}
          days={days}
          waiting={job.couldEnter ?? []}
          choices={choices}
          onChoices={setChoices}
        />
      )}
      {step === 'preview' && <PreviewStep job={job} busy={change.isPending} onStep={onStep} />}
      <footer
        className={cx(
          'mt-8 flex justify-between gap-2 border-t py-4',
          // The preview is long and holds no fields that a footer could cover.
          step === 'preview' && 'sticky bottom-0 z-10 bg-page',
        )}
      >
        <Button size="lg" disabled={at === 0} onClick={() => void go(-1)}>
          {t('previous')}
        </Button>
        {step === 'preview' ? (
          <StartButton job={job} disabled={change.isPending || !mapping} />
        ) : (
          <Button
            look="primary"
            size="lg"
            busy={change.isPending}
            disabled={
              (step !== 'format' && !mapping) ||
              (step === 'mode' && mode === 'compressed' && !isPace(secondsPerDay))
            }
            onClick={() => void go(1).catch(() => undefined)}
          >
            {t('next')}
          </Button>
        )}
      </footer>
    </>
  )
}
