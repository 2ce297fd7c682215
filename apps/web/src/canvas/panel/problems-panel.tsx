import type { Problem } from '@tropa/journey'
import { useTranslation } from 'react-i18next'
import { useText } from '../../i18n/use-language.ts'
import { cx } from '../../ui/cx.ts'
import { StatusIcon } from '../../ui/status-chip.tsx'
import { useEditor, useEditorStore } from '../editor/editor-context.tsx'
import { SidePanel } from './side-panel.tsx'
import { useShowNode } from './use-show-node.ts'

/** "3 errors, 2 warnings": the count of a draft's problems in words. */
export function useProblemSummary(): { errors: number; warnings: number; words: string } {
  const { t } = useTranslation('canvas')
  const problems = useEditor((state) => state.problems)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const parts = [
    errors > 0 ? t('errors', { count: errors }) : '',
    warnings > 0 ? t('warnings', { count: warnings }) : '',
  ].filter(Boolean)
  return { errors, warnings, words: parts.join(', ') || t('noProblems') }
}

/** Every problem of the draft; a press shows the node and focuses the field. */
export function ProblemsPanel() {
  const { t } = useTranslation('canvas')
  const { words } = useProblemSummary()
  const problems = useEditor((state) => state.problems)
  return (
    <SidePanel
      takesFocus
      label={t('problems')}
      header={<h2 className="py-0.5 text-base font-semibold">{words}</h2>}
    >
      {problems.length === 0 && <p className="text-sm text-ink-2">{t('noProblemsText')}</p>}
      <ul className="flex flex-col gap-2">
        {problems.map((problem) => (
          <li key={`${problem.code}|${problem.nodeId}|${problem.field}|${problem.text.en}`}>
            <ProblemRow problem={problem} />
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}

function ProblemRow({ problem }: { problem: Problem }) {
  const text = useText()
  const store = useEditorStore()
  const showNode = useShowNode()
  const error = problem.severity === 'error'
  const jump = () => {
    if (problem.nodeId) return showNode(problem.nodeId, problem.field ?? undefined)
    if (problem.field?.startsWith('settings'))
      store.getState().openPanel({ show: 'journey', field: problem.field })
  }
  return (
    <button
      type="button"
      data-problem={problem.code}
      className="flex w-full items-start gap-2.5 rounded-lg border px-3 py-2.5 text-left hover:border-line-control hover:bg-sunken"
      onClick={jump}
    >
      <span className={cx('mt-0.5', error ? 'text-err' : 'text-warn')}>
        <StatusIcon status={error ? 'err' : 'warn'} size={16} />
      </span>
      <span>
        <span className="block text-sm">{text(problem.text)}</span>
        <span className="block text-xs text-ink-2">{text(problem.fix)}</span>
      </span>
    </button>
  )
}
