import { kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { useTranslation } from 'react-i18next'
import { useText } from '../../i18n/use-language.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { useEditor, useEditorStore } from '../editor/editor-context.tsx'
import { nodeOf } from '../editor/editor-store.ts'
import { canConnect, connect } from '../graph/edit.ts'
import { readingOrder } from '../graph/walk.ts'
import { KindIcon } from '../kind-icon.tsx'
import { useNodeName } from '../node-card.tsx'

/** "Connect to…": the way to draw an edge without a mouse. */
export function ConnectDialog() {
  const { t } = useTranslation('canvas')
  const text = useText()
  const nodeName = useNodeName()
  const store = useEditorStore()
  const source = useEditor((state) => state.connecting)
  const graph = useEditor((state) => state.graph)
  const node = nodeOf(graph, source?.from ?? null)
  if (!source || !node) return null
  const outputs = kindOf(kinds, node.kind)?.outputs(node.config) ?? []
  const targets = readingOrder(graph, kinds).filter((one) => canConnect(graph, kinds, node.id, one.id))
  const close = () => store.setState({ connecting: null })
  const choose = (to: string) => {
    const target = nodeOf(graph, to)
    store.getState().apply(connect(graph, source, to), undefined, {
      key: 'saidConnected',
      node: target,
    })
    close()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('connectTitle', { name: nodeName(node) })}
      width="sm"
    >
      <div className="flex flex-col gap-3">
        {outputs.length > 1 && (
          <Select
            label={t('whichOutput')}
            value={source.output}
            onChange={(output) => store.setState({ connecting: { ...source, output } })}
            choices={outputs.map((output) => ({ value: output.id, label: text(output.label) }))}
          />
        )}
        {targets.length === 0 && <p className="text-sm text-ink-2">{t('noTargets')}</p>}
        <ul className="flex flex-col gap-1">
          {targets.map((target) => {
            const kind = kindOf(kinds, target.kind)
            return (
              <li key={target.id}>
                <button
                  type="button"
                  className="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left text-sm hover:bg-sunken"
                  onClick={() => choose(target.id)}
                >
                  <span className="text-ink-2">
                    <KindIcon name={kind?.icon} />
                  </span>
                  <span className="min-w-0">
                    <span className="block truncate font-medium">{nodeName(target)}</span>
                    {kind && (
                      <span className="block truncate text-xs text-ink-2">
                        {text(kind.summary(target.config))}
                      </span>
                    )}
                  </span>
                </button>
              </li>
            )
          })}
        </ul>
      </div>
    </Dialog>
  )
}
