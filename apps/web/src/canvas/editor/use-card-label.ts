import { type GraphNode, kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useTranslation } from 'react-i18next'
import { useText } from '../../i18n/use-language.ts'
import { useNodeName } from '../node-card.tsx'
import { useEditor } from './editor-context.tsx'
import { placesOf } from './editor-store.ts'

/** What a screen reader says of a card: its number, kind, name, outputs, problems or needs, and who waits there. */
export function useCardLabel(node: GraphNode, counts: string, needs: string): string {
  const { t } = useTranslation('canvas')
  const text = useText()
  const number = useEditor((state) => (placesOf(state.graph.nodes).get(node.id) ?? 0) + 1)
  const total = useEditor((state) => state.graph.nodes.length)
  const waiting = useEditor((state) => state.numbers?.[node.id]?.waiting ?? 0)
  const kind = kindOf(kinds, node.kind)
  const title = kind ? text(kind.title) : node.kind
  const name = useNodeName()(node)
  const [errors = 0, warnings = 0] = counts.split('/').map(Number)
  const outputs = kind?.outputs(node.config).length ?? 0
  return [
    t('cardNumber', { number, total }),
    name === title ? title.toLocaleLowerCase() : `${title.toLocaleLowerCase()} «${name}»`,
    needs || (kind ? text(kind.summary(node.config)) : ''),
    outputs > 1 ? t('outputsCount', { count: outputs }) : '',
    errors > 0 ? t('errors', { count: errors }) : '',
    warnings > 0 ? t('warnings', { count: warnings }) : '',
    waiting > 0 ? t('waitingCount', { count: waiting }) : '',
  ]
    .filter(Boolean)
    .join(', ')
}
