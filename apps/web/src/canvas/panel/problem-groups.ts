import type { Problem, StructuralCode } from '@tropa/journey'

/** Where a problem stands: a field of a node, or a setting of the journey. */
export interface ProblemPlace {
  nodeId: string | null
  field: string | null
}

/** What is wrong, said once, with all the places where it is. */
export interface ProblemGroup {
  problem: Problem
  places: ProblemPlace[]
}

/** What is said of the workspace and not of a block: once is enough, however many blocks it concerns. */
const ofWorkspace: readonly string[] = [
  'event_never_seen',
  'attribute_never_seen',
  'template_attribute_unseen',
] satisfies StructuralCode[]

/** Problems as they are told: in the order in which they first come, one of the workspace once with all its blocks. */
export function groupProblems(problems: readonly Problem[]): ProblemGroup[] {
  const groups = new Map<string, ProblemGroup>()
  for (const problem of problems) {
    const { code, severity, text, nodeId, field } = problem
    const own = ofWorkspace.includes(code) ? [] : [nodeId, field]
    const key = [code, severity, text.en, ...own].join('|')
    const group = groups.get(key) ?? { problem, places: [] }
    const known = group.places.some((place) =>
      nodeId === null ? place.field === field : place.nodeId === nodeId,
    )
    if (!known && (nodeId !== null || field !== null)) group.places.push({ nodeId, field })
    groups.set(key, group)
  }
  return [...groups.values()]
}
