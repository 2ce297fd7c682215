import type { Problem } from '@tropa/journey'
import { useText } from '../../i18n/use-language.ts'
import { cx } from '../../ui/cx.ts'
import { StatusIcon } from '../../ui/status-chip.tsx'
import { ImportsLink } from './imports-link.tsx'

/** What a block that is being filled in still needs, without alarm; hidden it only keeps its place. */
export function QuietNote({ children, hidden = false }: { children: string; hidden?: boolean }) {
  return <p className={cx('mt-1.5 text-xs text-ink-2', hidden && 'invisible')}>{children}</p>
}

/** One problem in words: what is wrong and what to do. */
export function ProblemNote({ problem }: { problem: Problem }) {
  const text = useText()
  const error = problem.severity === 'error'
  return (
    <p className={cx('mt-1.5 flex items-start gap-1.5 text-xs', error ? 'text-err' : 'text-warn')}>
      <span className="mt-px">
        <StatusIcon status={error ? 'err' : 'warn'} size={13} />
      </span>
      <span>
        {text(problem.text)} <span className="text-ink-2">{text(problem.fix)}</span>
        {problem.code === 'event_never_seen' && <ImportsLink />}
      </span>
    </p>
  )
}
