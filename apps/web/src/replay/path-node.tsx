import { kindOf } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { Handle, type NodeProps, Position, useStore } from '@xyflow/react'
import { memo } from 'react'
import { card, outputTop } from '../canvas/card-size.ts'
import { FarCard, NodeCard, useTemplateName } from '../canvas/node-card.tsx'
import { isFar } from '../canvas/zoom.ts'
import { useText } from '../i18n/use-language.ts'
import type { PathNodeType } from './path-elements.ts'

const hidden = 'pointer-events-none opacity-0'

function Numbers({ numbers }: { numbers: number[] }) {
  if (numbers.length === 0) return null
  return (
    <span className="tabular inline-flex h-5 min-w-5 items-center justify-center rounded-full bg-accent px-1.5 text-xs font-semibold whitespace-nowrap text-white">
      {numbers.length > 3 ? `${numbers[0]}…${numbers.at(-1)}` : numbers.join(' · ')}
    </span>
  )
}

/** A node on the way of one enrollment: the editor's card with the numbers of its steps. */
export const PathNode = memo(function PathNode({ data }: NodeProps<PathNodeType>) {
  const { node, numbers, tone, current } = data
  const text = useText()
  const far = useStore(isFar)
  const kind = kindOf(kinds, node.kind)
  const outputs = kind?.outputs(node.config) ?? []
  const faded = tone === 'plain'
  const template = useTemplateName(node)
  const badge = <Numbers numbers={numbers} />
  return (
    // What was not taken is pale on purpose; the list of steps says all that happened.
    <div className="size-full" data-path-node={node.id} data-tone={tone} aria-hidden={faded}>
      <Handle
        type="target"
        id="in"
        position={Position.Left}
        className={hidden}
        style={{ top: card.body / 2 }}
        isConnectable={false}
      />
      {far ? (
        <FarCard kind={kind} selected={current} badge={badge} tone={tone} faded={faded} />
      ) : (
        <NodeCard
          node={node}
          kind={kind}
          selected={current}
          badge={badge}
          summary={template}
          tone={tone}
          faded={faded}
        >
          {outputs.length > 1 && !faded && (
            <ul>
              {outputs.map((output) => (
                <li
                  key={output.id}
                  className="flex h-[26px] items-center justify-end truncate pr-4 pl-3 text-xs text-ink-2"
                >
                  <span className="truncate">{text(output.label)}</span>
                </li>
              ))}
            </ul>
          )}
        </NodeCard>
      )}
      {outputs.map((output, index) => (
        <Handle
          key={output.id}
          type="source"
          id={output.id}
          position={Position.Right}
          className={hidden}
          style={{ top: outputTop(index, outputs.length) }}
          isConnectable={false}
        />
      ))}
    </div>
  )
})
