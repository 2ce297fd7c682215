import {
  type AnyKind,
  canonicalJson,
  type Graph,
  type GraphEdge,
  type GraphNode,
  kindOf,
  type Named,
  nodeLabel,
  outputLabel,
  type Text,
} from '@tropa/journey'

/** What the words about a node are made from. */
interface Words {
  kinds: readonly AnyKind[]
  templates: Named
}

/** The differences of two graphs in words, in drawing order; a node that only moved is no difference. */
export function diffGraphs(
  before: Graph,
  after: Graph,
  kinds: readonly AnyKind[],
  templates: Named = [],
): Text[] {
  const words: Words = { kinds, templates }
  const old = new Map(before.nodes.map((node) => [node.id, node]))
  const fresh = new Map(after.nodes.map((node) => [node.id, node]))
  const added = after.nodes.filter(({ id }) => !old.has(id))
  const removed = before.nodes.filter(({ id }) => !fresh.has(id))
  const kept = after.nodes.flatMap((node) => {
    const former = old.get(node.id)
    return former ? [{ node, former }] : []
  })
  return [
    ...added.map((node) => say('Added', 'Добавлен блок', node, words)),
    ...removed.map((node) => say('Removed', 'Удалён блок', node, words)),
    ...kept.flatMap(({ node, former }) => changesOf(former, node, words)),
    ...rewired(before, after, words),
    ...settingsChanges(before, after),
  ]
}

function say(en: string, ru: string, node: GraphNode, words: Words): Text {
  const label = nodeLabel(node, words.kinds, words.templates)
  return { en: `${en} ${label.en}`, ru: `${ru} ${label.ru}` }
}

function changesOf(before: GraphNode, after: GraphNode, words: Words): Text[] {
  const label = nodeLabel(after, words.kinds, words.templates)
  const changes: Text[] = []
  if (before.kind !== after.kind)
    return [{ en: `${label.en} is of another kind now`, ru: `${label.ru}: теперь другой тип блока` }]
  if (before.name !== after.name) {
    const former = nodeLabel(before, words.kinds, words.templates)
    changes.push({ en: `Renamed ${former.en} to ${label.en}`, ru: `${former.ru} теперь ${label.ru}` })
  }
  if (canonicalJson(before.config) !== canonicalJson(after.config))
    changes.push(configChange(before, after, label, words))
  return changes
}

function configChange(before: GraphNode, after: GraphNode, label: Text, words: Words): Text {
  const kind = kindOf(words.kinds, after.kind)
  const was = kind?.summary(before.config)
  const is = kind?.summary(after.config)
  if (was && is && was.en !== is.en) {
    return {
      en: `Changed ${label.en}: “${is.en}” instead of “${was.en}”`,
      ru: `Изменён ${label.ru}: «${is.ru}» вместо «${was.ru}»`,
    }
  }
  const fields = changedFields(before, after, kind, words.templates)
  return {
    en: `Changed ${label.en}: ${fields.map(({ en }) => en).join(', ')}`,
    ru: `Изменён ${label.ru}: ${fields.map(({ ru }) => ru).join(', ')}`,
  }
}

/** The fields that differ; of templates also which stands for which. */
function changedFields(
  before: GraphNode,
  after: GraphNode,
  kind: AnyKind | undefined,
  templates: Named,
): Text[] {
  const shape = (kind?.config as { shape?: Record<string, { meta?: () => { label?: Text } | undefined }> })
    ?.shape
  const names = [...new Set([...Object.keys(before.config), ...Object.keys(after.config)])]
  return names
    .filter(
      (name) => canonicalJson(before.config[name] ?? null) !== canonicalJson(after.config[name] ?? null),
    )
    .map((name) => {
      const label = shape?.[name]?.meta?.()?.label ?? { en: name, ru: name }
      const [was, is] = [before, after].map(
        ({ config }) => templates.find(({ id }) => id === config[name])?.name,
      )
      if (!was || !is) return label
      return { en: `${label.en} “${is}” instead of “${was}”`, ru: `${label.ru} «${is}» вместо «${was}»` }
    })
}

/** Outputs of kept nodes that lead elsewhere now, between nodes that were and are there. */
function rewired(before: Graph, after: Graph, words: Words): Text[] {
  const were = targetsOf(before)
  const are = targetsOf(after)
  const byId = new Map(after.nodes.map((node) => [node.id, node]))
  const nodesBefore = new Set(before.nodes.map(({ id }) => id))
  const slots = [...new Set([...were.keys(), ...are.keys()])]
  return slots.flatMap((slot) => {
    const [from = '', output = ''] = slot.split('\u0000')
    const node = byId.get(from)
    const was = were.get(slot)
    const is = are.get(slot)
    if (!node || !nodesBefore.has(from) || was === is) return []
    const label = outputLabel(node, output, words.kinds, words.templates)
    const target = is === undefined ? undefined : byId.get(is)
    if (!target) return [{ en: `${label.en} now leads nowhere`, ru: `${label.ru} больше никуда не ведёт` }]
    const to = nodeLabel(target, words.kinds, words.templates)
    return [{ en: `${label.en} now leads to ${to.en}`, ru: `${label.ru} теперь ведёт к ${to.ru}` }]
  })
}

function targetsOf(graph: Graph): Map<string, string> {
  return new Map(graph.edges.map((edge: GraphEdge) => [`${edge.from}\u0000${edge.output}`, edge.to]))
}

function settingsChanges(before: Graph, after: Graph): Text[] {
  const changes: Text[] = []
  if (canonicalJson(before.settings.reentry) !== canonicalJson(after.settings.reentry))
    changes.push({ en: 'Changed the re-entry rule', ru: 'Изменено правило повторного входа' })
  if (canonicalJson(before.settings.exitRules) !== canonicalJson(after.settings.exitRules))
    changes.push({ en: 'Changed the exit rules', ru: 'Изменены правила выхода' })
  return changes
}
