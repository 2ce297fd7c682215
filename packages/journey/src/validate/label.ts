import type { GraphNode } from '../graph.ts'
import { type AnyKind, kindOf } from '../node.ts'
import type { Text } from '../text.ts'

/** A node as sentences name it: its own name or its kind's title, in the language's quotes. */
export function nodeLabel(node: GraphNode, kinds: readonly AnyKind[]): Text {
  const title = kindOf(kinds, node.kind)?.title ?? { en: node.kind, ru: node.kind }
  return { en: `“${node.name || title.en}”`, ru: `«${node.name || title.ru}»` }
}

/** An output as sentences name it, with the node that owns it. */
export function outputLabel(node: GraphNode, output: string, kinds: readonly AnyKind[]): Text {
  const label = kindOf(kinds, node.kind)
    ?.outputs(node.config)
    .find((o) => o.id === output)?.label ?? { en: output, ru: output }
  const owner = nodeLabel(node, kinds)
  return { en: `Output “${label.en}” of ${owner.en}`, ru: `Ветка «${label.ru}» блока ${owner.ru}` }
}
