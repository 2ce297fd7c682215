import { useQuery } from '@tanstack/react-query'
import { type AnyKind, type GraphNode, type NodeGroup, nodeTitle } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import type { ReactNode } from 'react'
import { useText } from '../i18n/use-language.ts'
import { catalogueQuery } from '../journeys/journey-queries.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { cx } from '../ui/cx.ts'
import { KindIcon } from './kind-icon.tsx'

const tiles: Record<NodeGroup | 'missing', string> = {
  entry: 'bg-accent text-white',
  message: 'bg-accent-soft text-accent-text',
  timing: 'bg-sunken text-ink-2',
  logic: 'bg-sunken text-ink-2',
  customer: 'bg-sunken text-ink-2',
  end: 'bg-sunken text-ink-2',
  missing: 'bg-err-soft text-err',
}

/** A node's name everywhere: its own, else the name of the template it sends, else its kind's title. */
export function useNodeName(): (node: GraphNode) => string {
  const text = useText()
  const api = useWorkspaceApi()
  const { data } = useQuery(catalogueQuery(api))
  return (node) => text(nodeTitle(node, kinds, data?.templates ?? []))
}

/** The template a node sends, when the node's own name hides it. */
export function useTemplateName(node: GraphNode): string | undefined {
  const api = useWorkspaceApi()
  const { data } = useQuery(catalogueQuery(api))
  return node.name ? data?.templates.find(({ id }) => id === node.config.template)?.name : undefined
}

export interface NodeCardProps {
  node: GraphNode
  kind: AnyKind | undefined
  selected?: boolean
  /** A corner mark: problems while editing, the number of the step on a path. */
  badge?: ReactNode
  /** The line below the name when it is not the kind's own summary. */
  summary?: string | undefined
  /** Rows below the body: outputs, live numbers. */
  children?: ReactNode
  /** A not taken part of a path. */
  faded?: boolean
  /** The border by what happened here. */
  tone?: 'plain' | 'taken' | 'waiting' | 'failed'
}

const tones = {
  plain: 'border-line',
  taken: 'border-accent',
  waiting: 'border-wait',
  failed: 'border-err',
}

/** A node as a card: icon, name, one sentence. The same for editor and path; the size is set outside. */
export function NodeCard({
  node,
  kind,
  selected,
  badge,
  summary,
  children,
  faded,
  tone = 'plain',
}: NodeCardProps) {
  const text = useText()
  const name = useNodeName()
  const rows = (kind?.outputs(node.config).length ?? 0) > 1
  const sentence = summary ?? (kind ? text(kind.summary(node.config)) : node.kind)
  return (
    <div
      className={cx(
        'flex size-full select-none flex-col rounded-xl border bg-surface shadow-sm transition-[box-shadow,border-color] duration-120',
        selected
          ? 'border-accent shadow-md ring-2 ring-ring/40'
          : cx(tones[tone], tone === 'plain' && 'hover:border-line-control'),
        faded && 'opacity-35',
      )}
    >
      <div
        className={cx(
          'flex gap-2.5 px-3',
          rows ? 'h-[61px] shrink-0 items-start pt-2.5' : 'min-h-0 flex-1 items-center',
        )}
      >
        <span
          className={cx(
            'flex size-7 shrink-0 items-center justify-center rounded-lg',
            tiles[kind?.group ?? 'missing'],
          )}
        >
          <KindIcon name={kind?.icon} />
        </span>
        <div className="min-w-0 flex-1">
          <p className="truncate text-sm leading-4.5 font-semibold">{name(node)}</p>
          <p className="line-clamp-2 text-xs leading-4 text-ink-2" title={sentence}>
            {sentence}
          </p>
        </div>
        {badge && <span className={rows ? undefined : 'mt-3 self-start'}>{badge}</span>}
      </div>
      {children}
    </div>
  )
}

interface FarCardProps extends Omit<NodeCardProps, 'node' | 'children' | 'summary'> {
  /** The one number that still can be read from afar. */
  figure?: string | undefined
}

/** A node far away: only its icon, large, one number and a mark. */
export function FarCard({ kind, selected, badge, tone = 'plain', faded, figure }: FarCardProps) {
  return (
    <div
      className={cx(
        'relative flex size-full items-center justify-center gap-3 rounded-xl border-2 bg-surface',
        selected ? 'border-accent ring-4 ring-ring/40' : tones[tone],
        faded && 'opacity-35',
      )}
    >
      <span
        className={cx('flex size-14 items-center justify-center rounded-xl', tiles[kind?.group ?? 'missing'])}
      >
        <KindIcon name={kind?.icon} size={34} />
      </span>
      {figure !== undefined && (
        <span className="tabular text-[36px] leading-none font-semibold">{figure}</span>
      )}
      <span className="absolute top-2 right-2 scale-150">{badge}</span>
    </div>
  )
}
