import { CircleCheck, OctagonX, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../i18n/use-language.ts'
import type { TemplateProblem } from './template.ts'

interface ProblemListProps {
  problems: readonly TemplateProblem[]
  warnings: readonly TemplateProblem[]
  onGo: (problem: TemplateProblem) => void
}

/** Everything that keeps the template from being sent, then what is most likely a mistake; a press goes to the line. */
export function ProblemList({ problems, warnings, onGo }: ProblemListProps) {
  const { t } = useTranslation('templates')
  return (
    <div role="status" className="flex flex-col gap-2">
      {problems.length === 0 ? (
        <p className="flex items-center gap-2 text-sm text-ok">
          <CircleCheck size={15} aria-hidden />
          {t('noProblems')}
        </p>
      ) : (
        <div>
          <p className="mb-1 text-xs font-medium text-ink-2">{t('problems', { count: problems.length })}</p>
          <Findings look="error" findings={problems} onGo={onGo} />
        </div>
      )}
      {warnings.length > 0 && (
        <div>
          <p className="mb-1 text-xs font-medium text-ink-2">{t('warnings')}</p>
          <Findings look="warning" findings={warnings} onGo={onGo} />
        </div>
      )}
    </div>
  )
}

const looks = {
  error: {
    row: 'bg-err-soft',
    icon: <OctagonX size={15} className="mt-0.5 shrink-0 text-err" aria-hidden />,
  },
  warning: {
    row: 'bg-warn-soft',
    icon: <TriangleAlert size={15} className="mt-0.5 shrink-0 text-warn" aria-hidden />,
  },
}

interface FindingsProps {
  look: keyof typeof looks
  findings: readonly TemplateProblem[]
  onGo: (problem: TemplateProblem) => void
}

function Findings({ look, findings, onGo }: FindingsProps) {
  const { t } = useTranslation('templates')
  const text = useText()
  const { row, icon } = looks[look]
  return (
    <ul className="flex max-h-36 flex-col gap-1 overflow-y-auto">
      {findings.map((finding, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity beyond their place
        <li key={index}>
          <button
            type="button"
            onClick={() => onGo(finding)}
            className={`flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:brightness-95 ${row}`}
          >
            {icon}
            <span className="min-w-0 flex-1">{text(finding)}</span>
            <span className="tabular shrink-0 text-xs leading-5 text-ink-2">
              {[
                finding.field && finding.field !== 'body' ? t(`field_${finding.field}`) : '',
                finding.line ? t('lineN', { n: finding.line }) : '',
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
