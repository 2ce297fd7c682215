import { kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../i18n/use-language.ts'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { RadioCards } from '../../ui/radio-cards.tsx'
import { useEditor, useEditorStore } from '../editor/editor-context.tsx'
import { nodeOf } from '../editor/editor-store.ts'
import { waysOn } from '../graph/remove.ts'
import { useNodeName } from '../node-card.tsx'

const keepNone = '\u0000none'

/** Asks which way to keep when a node with several ways on is deleted. */
export function DeleteDialog() {
  const { t } = useTranslation('canvas')
  const text = useText()
  const nodeName = useNodeName()
  const store = useEditorStore()
  const deleting = useEditor((state) => state.deleting)
  const graph = useEditor((state) => state.graph)
  const node = nodeOf(graph, deleting)
  const ways = deleting ? waysOn(graph, deleting) : []
  const [keep, setKeep] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first way is the default each time the question is asked
  useEffect(() => setKeep(ways[0]?.output ?? keepNone), [deleting])
  if (!node) return null
  const outputs = kindOf(kinds, node.kind)?.outputs(node.config) ?? []
  const choices = ways.map((edge) => {
    const output = outputs.find(({ id }) => id === edge.output)
    const target = nodeOf(graph, edge.to)
    return {
      value: edge.output,
      label: t('keepWay', {
        output: output ? text(output.label) : edge.output,
        name: target ? nodeName(target) : edge.to,
      }),
    }
  })
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && store.setState({ deleting: null })}
      title={t('deleteTitle', { name: nodeName(node) })}
      description={t('deleteText')}
      action={t('deleteNode')}
      danger
      onConfirm={() => store.getState().confirmDelete(keep === keepNone ? null : keep)}
    >
      <RadioCards
        value={keep}
        onChange={setKeep}
        label={t('keepWhich')}
        choices={[...choices, { value: keepNone, label: t('keepNone') }]}
      />
    </ConfirmDialog>
  )
}
