import type { AnyKind, Catalogue, Graph, GraphNode, Problem } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { createStore } from 'zustand/vanilla'
import type { PlannedNames } from '../../fields/offers.ts'
import { columnStep } from '../card-size.ts'
import { addNode, copyNodes, cutOut, freeShift, insertAfter, type Point, type Source } from '../graph/edit.ts'
import { type History, record, redo, startHistory, undo } from '../graph/history.ts'
import { perObject } from '../graph/per-object.ts'
import { needsChoice, removeNode, removeNodes } from '../graph/remove.ts'
import { type Panel, stillFresh } from './fresh.ts'

/** Where a chosen kind will land: behind an output, or at a place of its own. */
export type Landing = { behind: Source } | { at: Point }

/** The open list of kinds: where it stands on the screen and where the choice lands. */
export interface Picker {
  screen: Point
  landing: Landing
}

/** What happened at one node: `entered = movedOn + waiting + ended + failed + removed`. */
export interface NodeCounts {
  entered: number
  waiting: number
  movedOn: number
  ended: number
  failed: number
  removed: number
  /** How many left by each output. */
  outputs: Record<string, number>
}

/** Live numbers of the running version by node. */
export type Numbers = Record<string, NodeCounts>

/** A change worth saying aloud: a key of the canvas texts, and the node it is about. */
export interface Announcement {
  key:
    | 'saidAdded'
    | 'saidConnected'
    | 'saidDeleted'
    | 'saidMoved'
    | 'saidUndone'
    | 'saidRedone'
    | 'saidTidied'
  node?: GraphNode | undefined
}

export interface EditorState {
  journeyId: string
  history: History<Graph>
  graph: Graph
  editable: boolean
  /** The node the keyboard stands on. */
  active: string | null
  selected: ReadonlySet<string>
  selectedEdge: string | null
  panel: Panel | null
  picker: Picker | null
  /** The node whose deletion waits for an answer. */
  deleting: string | null
  /** The output for which a target is being chosen from a list. */
  connecting: Source | null
  /** Places during a drag or an animation, not yet part of the graph. */
  passing: Readonly<Record<string, Point>>
  /** The edge that a dragged kind would land on. */
  dropEdge: string | null
  /** Blocks that are being filled in for the first time: what they still need is said quietly. */
  fresh: ReadonlySet<string>
  problems: Problem[]
  catalogue: Catalogue
  /** Names that files waiting to be brought in, or other drafts, have. */
  planned: readonly PlannedNames[]
  numbers: Numbers | null
  announcement: Announcement | null

  apply: (graph: Graph, tag?: string, said?: Announcement) => void
  undo: () => void
  redo: () => void
  /** Replaces everything without a way back: another version of the draft came from the server. */
  replace: (graph: Graph) => void
  activate: (id: string | null) => void
  select: (ids: Iterable<string>) => void
  selectEdge: (id: string | null) => void
  openNode: (id: string, field?: string) => void
  openPanel: (panel: Panel | null) => void
  openPicker: (picker: Picker | null) => void
  /** Adds a node of a kind; the node becomes active and its panel opens in the first field. */
  insert: (kind: AnyKind, landing: Landing) => string
  /** Deletes nodes, asking first which way to keep when one node has several. */
  askDelete: (ids: readonly string[]) => void
  confirmDelete: (keep: string | null) => void
  duplicate: (ids: readonly string[]) => void
  paste: (part: Pick<Graph, 'nodes' | 'edges'>) => void
}

/** The catalogue of a workspace that has nothing yet. */
export const emptyCatalogue: Catalogue = { templates: [], connections: [], events: [], attributes: [] }

/** Where each node stands in the list of nodes, by id. */
export const placesOf = perObject(
  (nodes: Graph['nodes']) => new Map(nodes.map((node, place) => [node.id, place])),
)

/** How many errors and warnings each node has. */
export const problemsByNode = perObject((problems: Problem[]) => {
  const byNode = new Map<string, { errors: number; warnings: number }>()
  for (const { nodeId, severity } of problems) {
    if (nodeId === null) continue
    const { errors, warnings } = byNode.get(nodeId) ?? { errors: 0, warnings: 0 }
    const error = severity === 'error'
    byNode.set(nodeId, { errors: errors + Number(error), warnings: warnings + Number(!error) })
  }
  return byNode
})

/** The node of an id in a graph. */
export function nodeOf(graph: Graph, id: string | null): GraphNode | undefined {
  const place = id === null ? undefined : placesOf(graph.nodes).get(id)
  return place === undefined ? undefined : graph.nodes[place]
}

/** Everything the editor of one draft knows and can do, apart from talking to the server. */
export function createEditor(journeyId: string, graph: Graph, editable: boolean) {
  const editor = createStore<EditorState>()((set, get) => ({
    journeyId,
    history: startHistory(graph),
    graph,
    editable,
    active: null,
    selected: new Set(),
    selectedEdge: null,
    panel: null,
    picker: null,
    deleting: null,
    connecting: null,
    passing: {},
    dropEdge: null,
    fresh: new Set(),
    problems: [],
    catalogue: emptyCatalogue,
    planned: [],
    numbers: null,
    announcement: null,
    ...changes(set, get),
    ...focus(set, get),
    ...nodeActions(set, get),
  }))
  editor.subscribe((state, before) => {
    const fresh = stillFresh(state, before)
    if (fresh !== state.fresh) editor.setState({ fresh })
  })
  return editor
}

type Put = (part: Partial<EditorState>) => void
type Get = () => EditorState

function stay(state: EditorState, graph: Graph): Partial<EditorState> {
  const ids = new Set(graph.nodes.map(({ id }) => id))
  const { panel, active, selected } = state
  return {
    active: active !== null && ids.has(active) ? active : null,
    selected: new Set([...selected].filter((id) => ids.has(id))),
    panel: panel?.show === 'node' && !ids.has(panel.id) ? null : panel,
  }
}

function changes(set: Put, get: Get): Pick<EditorState, 'apply' | 'undo' | 'redo' | 'replace'> {
  const show = (history: History<Graph>, announcement: Announcement | null) => {
    const graph = history.present
    set({ history, graph, passing: {}, announcement, ...stay(get(), graph) })
  }
  return {
    apply: (graph, tag, said) => {
      if (!get().editable) return
      show(record(get().history, graph, tag), said ?? null)
    },
    undo: () => {
      const history = undo(get().history)
      if (history !== get().history) show(history, { key: 'saidUndone' })
    },
    redo: () => {
      const history = redo(get().history)
      if (history !== get().history) show(history, { key: 'saidRedone' })
    },
    replace: (graph) => show(startHistory(graph), null),
  }
}

function focus(
  set: Put,
  get: Get,
): Pick<EditorState, 'activate' | 'select' | 'selectEdge' | 'openNode' | 'openPanel' | 'openPicker'> {
  return {
    activate: (active) => set({ active }),
    select: (ids) => set({ selected: new Set(ids) }),
    selectEdge: (selectedEdge) => set({ selectedEdge }),
    openNode: (id, field) =>
      set({ panel: { show: 'node', id, field }, active: id, selected: new Set([id]), selectedEdge: null }),
    openPanel: (panel) => set({ panel }),
    openPicker: (picker) => set({ picker: get().editable ? picker : null }),
  }
}

function nodeActions(
  set: Put,
  get: Get,
): Pick<EditorState, 'insert' | 'askDelete' | 'confirmDelete' | 'duplicate' | 'paste'> {
  const settle = (graph: Graph, ids: string[], key: Announcement['key']) => {
    get().apply(graph, undefined, { key, node: nodeOf(graph, ids[0] ?? null) })
    set({ selected: new Set(ids), active: ids[0] ?? null })
  }
  return {
    insert: (kind, landing) => {
      const { graph } = get()
      const added =
        'behind' in landing
          ? insertAfter(graph, kinds, landing.behind, kind, columnStep)
          : addNode(graph, kinds, kind, landing.at)
      settle(added.graph, [added.id], 'saidAdded')
      const fresh = new Set([...get().fresh, added.id])
      set({ picker: null, fresh, panel: { show: 'node', id: added.id, field: '' } })
      return added.id
    },
    askDelete: (ids) => {
      const { graph } = get()
      const [only] = ids
      if (ids.length === 1 && only && needsChoice(graph, only)) return set({ deleting: only })
      get().apply(removeNodes(graph, ids), undefined, {
        key: 'saidDeleted',
        node: nodeOf(graph, only ?? null),
      })
    },
    confirmDelete: (keep) => {
      const { graph, deleting } = get()
      if (deleting === null) return
      get().apply(removeNode(graph, deleting, keep), undefined, {
        key: 'saidDeleted',
        node: nodeOf(graph, deleting),
      })
      set({ deleting: null })
    },
    duplicate: (ids) => {
      const { graph } = get()
      const part = cutOut(graph, new Set(ids))
      const copied = copyNodes(graph, part, freeShift(graph, kinds, part.nodes))
      settle(copied.graph, copied.ids, 'saidAdded')
    },
    paste: (part) => {
      const { graph } = get()
      const copied = copyNodes(graph, part, freeShift(graph, kinds, part.nodes))
      settle(copied.graph, copied.ids, 'saidAdded')
    },
  }
}
