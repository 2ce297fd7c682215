import { Link } from '@tanstack/react-router'
import { kindOf, type Output } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useText } from '../i18n/use-language.ts'
import { cx } from '../ui/cx.ts'
import { useEditor } from './editor/editor-context.tsx'
import { nodeOf } from './editor/editor-store.ts'

interface OutputCountProps {
  node: string
  output: Output
}

/** How many left by an output, leading to them; what only follows another output says nothing until somebody left by it. */
export function OutputCount({ node, output }: OutputCountProps) {
  const { t } = useTranslation('canvas')
  const text = useText()
  const format = useFormat()
  const journey = useEditor((state) => state.journeyId)
  const count = useEditor((state) => state.numbers?.[node]?.outputs[output.id] ?? 0)
  const entered = useEditor((state) => state.numbers?.[node]?.entered ?? 0)
  const follows = useEditor((state) => {
    const found = nodeOf(state.graph, node)
    return Object.hasOwn((found && kindOf(kinds, found.kind)?.fallbacks) ?? {}, output.id)
  })
  if (entered === 0) return null
  const figure = format.number(count)
  if (count === 0) return follows ? null : <span className="tabular text-xs text-ink-3">{figure}</span>
  return (
    <Link
      to="/enrollments"
      search={{ journey, node, was: 'left', output: output.id }}
      title={t('showThem', { label: text(output.label), count: figure })}
      aria-label={t('showThem', { label: text(output.label), count: figure })}
      data-output-count={output.id}
      className={cx(
        'nodrag nopan pointer-events-auto tabular min-h-6 content-center text-xs font-semibold underline-offset-2 hover:underline',
        follows ? 'text-warn' : 'text-ink-2',
      )}
      onClick={(event) => event.stopPropagation()}
    >
      {figure}
    </Link>
  )
}
