import type { Problem } from '@tropa/journey'
import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../i18n/use-language.ts'
import { cx } from '../../ui/cx.ts'
import { StatusIcon } from '../../ui/status-chip.tsx'
import { useEditor, useEditorStore } from '../editor/editor-context.tsx'
import { nodeOf } from '../editor/editor-store.ts'
import { useNodeName } from '../node-card.tsx'
import { ImportsLink } from './imports-link.tsx'
import { groupProblems, type ProblemGroup, type ProblemPlace } from './problem-groups.ts'
import { useShowNode } from './use-show-node.ts'

interface ProblemListProps {
  problems: readonly Problem[]
  /** Called before a jump, so that what lies over the canvas can get out of the way. */
  onJump?: () => void
}

/** Problems, each said once with the blocks it is in; a press leads to the block and its field. */
export function ProblemList({ problems, onJump }: ProblemListProps) {
  return (
    <ul className="flex flex-col gap-1.5">
      {groupProblems(problems).map((group) => (
        <li
          key={`${group.problem.code}|${group.problem.text.en}|${group.problem.nodeId}|${group.problem.field}`}
        >
          <ProblemRow group={group} onJump={onJump} />
        </li>
      ))}
    </ul>
  )
}

/** Opens a place: a node's panel in the field, or the settings of the journey. */
function useJump(onJump: (() => void) | undefined): (place: ProblemPlace) => void {
  const store = useEditorStore()
  const showNode = useShowNode()
  const open = ({ nodeId, field }: ProblemPlace) => {
    if (nodeId !== null) showNode(nodeId, field ?? undefined)
    else store.getState().openPanel({ show: 'journey', field: field ?? undefined })
  }
  return (place) => {
    if (!onJump) return open(place)
    onJump()
    // A dialog gives the focus back when it has closed; only then may the field take it.
    setTimeout(() => open(place), 50)
  }
}

function PlaceName({ place: { nodeId } }: { place: ProblemPlace }) {
  const { t } = useTranslation('canvas')
  const nodeName = useNodeName()
  const node = useEditor((state) => nodeOf(state.graph, nodeId))
  return (
    <>
      <ArrowRight size={12} className="shrink-0" aria-hidden />
      <span className="min-w-0 truncate">{node ? nodeName(node) : (nodeId ?? t('settings'))}</span>
    </>
  )
}

const row = 'flex w-full items-start gap-2.5 rounded-lg border px-3 py-2 text-left'
const placeLook = 'flex min-h-6 max-w-full items-center gap-1 text-xs font-medium text-accent-text'

/** A problem with one place is one large button; with several it has one for each. */
function ProblemRow({
  group: { problem, places },
  onJump,
}: {
  group: ProblemGroup
  onJump: (() => void) | undefined
}) {
  const jump = useJump(onJump)
  const [only] = places
  const cure = problem.code === 'event_never_seen' ? <ImportsLink onFollow={onJump} /> : null
  if (only && places.length === 1 && !cure) {
    return (
      <button
        type="button"
        data-problem={problem.code}
        className={cx(row, 'hover:border-line-control hover:bg-sunken')}
        onClick={() => jump(only)}
      >
        <ProblemWords problem={problem}>
          <span className={placeLook}>
            <PlaceName place={only} />
          </span>
        </ProblemWords>
      </button>
    )
  }
  return (
    <div data-problem={problem.code} className={row}>
      <ProblemWords problem={problem}>
        {cure}
        {places.length > 0 && (
          <span className="flex flex-wrap gap-x-4">
            {places.map((place) => (
              <button
                key={`${place.nodeId}|${place.field}`}
                type="button"
                className={cx(placeLook, 'hover:underline')}
                onClick={() => jump(place)}
              >
                <PlaceName place={place} />
              </button>
            ))}
          </span>
        )}
      </ProblemWords>
    </div>
  )
}

function ProblemWords({ problem, children }: { problem: Problem; children: ReactNode }) {
  const text = useText()
  const error = problem.severity === 'error'
  return (
    <>
      <span className={cx('mt-0.5', error ? 'text-err' : 'text-warn')}>
        <StatusIcon status={error ? 'err' : 'warn'} size={16} />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block text-sm">{text(problem.text)}</span>
        <span className="flex flex-wrap items-center gap-x-3 text-xs text-ink-2">
          {text(problem.fix)}
          {children}
        </span>
      </span>
    </>
  )
}
