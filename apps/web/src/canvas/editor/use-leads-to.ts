import { type GraphNode, kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useTranslation } from 'react-i18next'
import { useText } from '../../i18n/use-language.ts'
import type { Source } from '../graph/edit.ts'
import { useNodeName } from '../node-card.tsx'
import { useEditor } from './editor-context.tsx'
import { nodeOf } from './editor-store.ts'

/** Says where an output leads: to a node, the same way as another output, or out of the journey. */
export function useLeadsTo(): (source: Source, target: GraphNode | undefined) => string {
  const { t } = useTranslation('canvas')
  const text = useText()
  const nodeName = useNodeName()
  const graph = useEditor((state) => state.graph)
  return ({ from, output }, target) => {
    if (target) return nodeName(target)
    const node = nodeOf(graph, from)
    const kind = node && kindOf(kinds, node.kind)
    const followed = kind?.outputs(node?.config ?? {}).find(({ id }) => id === kind.fallbacks[output])
    return followed ? t('followsOutput', { output: text(followed.label) }) : t('leadsNowhere')
  }
}
