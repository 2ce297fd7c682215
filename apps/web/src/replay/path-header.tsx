import { Link, useCanGoBack, useRouter } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Pause, Play, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { paceInWords } from '../lists/span.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import type { Enrollment, FastClock } from './enrollment.ts'
import { PassageStatus, TestMark, useNameText, wentWholeWay } from './passage-status.tsx'
import { useJourneyNow } from './wait-state.ts'

interface PathHeaderProps {
  enrollment: Enrollment
  playing: boolean
  verifying: boolean
  onStep: (by: 1 | -1) => void
  onPlay: () => void
  onVerify: () => void
  verdict: ReactNode
}

/** How a passage ended, as far as its status does not say it. */
function useEnd({ endReason, endLabel, endReasonText, placeName }: Enrollment): string {
  const { t } = useTranslation('replay')
  const name = useNameText()
  if (endReason === 'exit_node') {
    const place = name(placeName)
    return [t('leftAt', { place }), endLabel === place ? '' : endLabel].filter(Boolean).join(': ')
  }
  return wentWholeWay(endReason) ? '' : name(endReasonText)
}

function Heading({ enrollment }: { enrollment: Enrollment }) {
  const { t } = useTranslation('replay')
  const { t: tCustomers } = useTranslation('customers')
  const format = useFormat()
  const end = useEnd(enrollment)
  const { clock } = enrollment
  return (
    <div className="min-w-0 flex-1 max-lg:basis-[calc(100%-4rem)]">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
        <h1 className="min-w-0 truncate text-lg font-semibold">
          <Link
            to="/customers/$customerId"
            params={{ customerId: enrollment.customerId }}
            className="hover:underline"
          >
            {enrollment.customerName || tCustomers('nameless')}
          </Link>
        </h1>
        <PassageStatus status={enrollment.status} />
        {enrollment.test && <TestMark long />}
        {end && <span className="text-sm text-ink-2">{end}</span>}
      </div>
      <p className="text-sm text-ink-2">
        <Link
          to="/journeys/$journeyId"
          params={{ journeyId: enrollment.journeyId }}
          className="text-accent-text underline underline-offset-2"
        >
          {enrollment.journeyName}
        </Link>
        {`, ${t('versionN', { n: enrollment.version })} · ${t('entryEvent', { event: enrollment.entryEvent.name })}, ${format.dateTime(enrollment.entryEvent.occurredAt)}`}
      </p>
      {clock && <ClockLine clock={clock} inside={enrollment.status === 'active'} />}
    </div>
  )
}

function ClockLine({ clock, inside }: { clock: FastClock; inside: boolean }) {
  const { t } = useTranslation('replay')
  const format = useFormat()
  const language = useLanguage()
  const { shown } = useJourneyNow(clock)
  const pace = t('fastClock', { span: paceInWords(86_400_000 / clock.scale, language) })
  const shows = t('clockShows', { time: format.dateTime(new Date(shown).toISOString()) })
  const stands = clock.state === 'running' ? '' : t(`clock_${clock.state}`)
  return (
    <p className="tabular text-xs text-wait">
      {(inside ? [pace, shows, stands] : [pace]).filter(Boolean).join(' ')}
    </p>
  )
}

const arrow = 'flex size-8 items-center justify-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink'

/** Back to the page one came from; to the enrollments for those who opened the address itself. */
function WayBack() {
  const { t } = useTranslation('replay')
  const router = useRouter()
  if (!useCanGoBack()) {
    return (
      <Link to="/enrollments" aria-label={t('toEnrollments')} className={arrow}>
        <ChevronLeft size={18} aria-hidden />
      </Link>
    )
  }
  return (
    <button type="button" aria-label={t('back')} className={arrow} onClick={() => router.history.back()}>
      <ChevronLeft size={18} aria-hidden />
    </button>
  )
}

/** The head of the path page: whose passage it is, where it goes, and the four things one can do with a record. */
export function PathHeader(props: PathHeaderProps) {
  const { enrollment, playing, verifying, onStep, onPlay, onVerify, verdict } = props
  const { t } = useTranslation('replay')
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-2 border-b bg-surface px-4 py-2.5 lg:items-center">
      <WayBack />
      <Heading enrollment={enrollment} />
      <div className="flex items-center gap-1">
        <IconButton
          label={t('previous')}
          shortcut="←"
          icon={<ChevronLeft size={16} aria-hidden />}
          onClick={() => onStep(-1)}
        />
        <IconButton
          label={playing ? t('pause') : t('play')}
          shortcut="Space"
          icon={playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
          onClick={onPlay}
        />
        <IconButton
          label={t('next')}
          shortcut="→"
          icon={<ChevronRight size={16} aria-hidden />}
          onClick={() => onStep(1)}
        />
        <CopyButton value={window.location.href} label={t('copyLink')} />
      </div>
      <div className="flex items-center gap-2">
        {verdict}
        <Tooltip text={t('verifyHint')} shortcut="V">
          <Button busy={verifying} icon={<ShieldCheck size={15} aria-hidden />} onClick={onVerify}>
            {t('verify')}
          </Button>
        </Tooltip>
      </div>
    </header>
  )
}
