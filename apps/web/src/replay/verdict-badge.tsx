import type { Verdict } from '@tropa/journey'
import { CircleCheck, CircleHelp, EqualNot, type LucideIcon, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../ui/cx.ts'
import { JsonView } from '../ui/json-view.tsx'
import { Popover } from '../ui/popover.tsx'

const looks: Record<Verdict['verdict'], { icon: LucideIcon; tone: string }> = {
  identical: { icon: CircleCheck, tone: 'bg-ok-soft text-ok' },
  diverged: { icon: EqualNot, tone: 'bg-err-soft text-err' },
  cannot_be_proved: { icon: CircleHelp, tone: 'bg-warn-soft text-warn' },
  record_altered: { icon: TriangleAlert, tone: 'bg-err-soft text-err' },
}

function Explanation({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('replay')
  switch (verdict.verdict) {
    case 'identical':
      return <p className="text-sm">{t('identicalText', { count: verdict.steps })}</p>
    case 'cannot_be_proved':
      return <p className="text-sm">{t('cannotText', { at: verdict.at, why: verdict.why })}</p>
    case 'record_altered':
      return <p className="text-sm">{t('alteredText', { at: verdict.at })}</p>
    case 'diverged':
      return (
        <div className="flex flex-col gap-2 text-sm">
          <p>{t('divergedText')}</p>
          <p className="text-xs text-ink-3">{t('recorded')}</p>
          <JsonView value={verdict.expected} label={t('recorded')} />
          <p className="text-xs text-ink-3">{t('again')}</p>
          <JsonView value={verdict.got} label={t('again')} />
        </div>
      )
  }
}

interface VerdictBadgeProps {
  verdict: Verdict
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** What Verify found, as a shape and a word; a press explains it. */
export function VerdictBadge({ verdict, open, onOpenChange }: VerdictBadgeProps) {
  const { t } = useTranslation('replay')
  const { icon: Icon, tone } = looks[verdict.verdict]
  const label = t(`verdict_${verdict.verdict}`, 'at' in verdict ? { at: verdict.at } : { at: 0 })
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      className="w-80"
      trigger={
        <button
          type="button"
          data-verdict={verdict.verdict}
          className={cx('inline-flex h-8 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium', tone)}
        >
          <Icon size={15} aria-hidden />
          {label}
        </button>
      }
    >
      <div role="status">
        <Explanation verdict={verdict} />
      </div>
    </Popover>
  )
}
