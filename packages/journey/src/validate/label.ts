import type { GraphNode } from '../graph.ts'
import { type AnyKind, kindOf } from '../node.ts'
import type { Text } from '../text.ts'

/** The templates by which a node may be called. */
export type Named = readonly { id: string; name: string }[]

/** A node as people call it: its own name, else the name of the template it sends, else its kind's title. */
export function nodeTitle(
  node: Pick<GraphNode, 'name' | 'kind' | 'config'>,
  kinds: readonly AnyKind[],
  templates: Named,
): Text {
  const own = node.name || templates.find(({ id }) => id === node.config.template)?.name
  if (own) return { en: own, ru: own }
  return kindOf(kinds, node.kind)?.title ?? { en: node.kind, ru: node.kind }
}

/** A node as sentences name it: its title in the language's quotes. */
export function nodeLabel(node: GraphNode, kinds: readonly AnyKind[], templates: Named): Text {
  const title = nodeTitle(node, kinds, templates)
  return { en: `“${title.en}”`, ru: `«${title.ru}»` }
}

/** An output as sentences name it, with the node that owns it. */
export function outputLabel(
  node: GraphNode,
  output: string,
  kinds: readonly AnyKind[],
  templates: Named,
): Text {
  const label = kindOf(kinds, node.kind)
    ?.outputs(node.config)
    .find((o) => o.id === output)?.label ?? { en: output, ru: output }
  const owner = nodeLabel(node, kinds, templates)
  return { en: `Output “${label.en}” of ${owner.en}`, ru: `Ветка «${label.ru}» блока ${owner.ru}` }
}
