import { CircleCheck, OctagonX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import type { TemplateProblem } from './template.ts'

interface ProblemListProps {
  problems: readonly TemplateProblem[]
  onGo: (problem: TemplateProblem) => void
}

/** Everything that keeps the template from being sent; a press goes to the line. */
export function ProblemList({ problems, onGo }: ProblemListProps) {
  const { t } = useTranslation('templates')
  const text = useText()
  if (problems.length === 0) {
    return (
      <p className="flex items-center gap-2 text-sm text-ok" role="status">
        <CircleCheck size={15} aria-hidden />
        {t('noProblems')}
      </p>
    )
  }
  return (
    <div role="status">
      <p className="mb-1 text-xs font-medium text-ink-2">{t('problems', { count: problems.length })}</p>
      <ul className="flex max-h-36 flex-col gap-1 overflow-y-auto">
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: problems have no identity beyond their place
          <li key={index}>
            <button
              type="button"
              onClick={() => onGo(problem)}
              className="flex w-full items-start gap-2 rounded-md bg-err-soft px-2 py-1.5 text-left text-sm hover:brightness-95"
            >
              <OctagonX size={15} className="mt-0.5 shrink-0 text-err" aria-hidden />
              <span className="min-w-0 flex-1">{text(problem)}</span>
              <span className="tabular shrink-0 text-xs leading-5 text-ink-2">
                {[
                  problem.field && problem.field !== 'body' ? t(`field_${problem.field}`) : '',
                  problem.line ? t('lineN', { n: problem.line }) : '',
                ]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
