import { useTranslation } from 'react-i18next'
import { useEditor } from '../editor/editor-context.tsx'
import { isUntouched } from '../editor/fresh.ts'
import { perObject } from '../graph/per-object.ts'
import { groupProblems } from './problem-groups.ts'
import { ProblemList } from './problem-list.tsx'
import { SidePanel } from './side-panel.tsx'

const groupsOf = perObject(groupProblems)

/** "3 errors, 2 warnings": the count of a draft's problems in words. */
export function useProblemSummary(): { errors: number; warnings: number; words: string } {
  const { t } = useTranslation('canvas')
  const told = useEditor((state) => groupsOf(state.problems))
  const errors = told.filter(({ problem }) => problem.severity === 'error').length
  const warnings = told.length - errors
  const untouched = useEditor(isUntouched)
  if (untouched) return { errors: 0, warnings: 0, words: t('nothingYet') }
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
      <ProblemList problems={problems} />
    </SidePanel>
  )
}
