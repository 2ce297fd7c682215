import { type Mapping, mappingShape, type StoredFormat, storedFormatShape } from '@tropa/intake'
import { type Graph, namesIn, type UsedNames } from '@tropa/journey'
import { kinds } from '@tropa/nodes'

/** Where a name comes from under which nothing has arrived yet. */
export interface NameSource {
  in: 'import' | 'journey'
  id: string
  /** The file's name, or the journey's. */
  name: string
}

/** The names of one source. */
export interface PlannedNames extends UsedNames {
  from: NameSource
}

const entryKinds = kinds.filter(({ entry }) => entry).map(({ kind }) => kind)

/** The names that the drafts of journeys use; drafts that name nothing are left out. */
export function namesOfDrafts(drafts: readonly { id: string; name: string; draft: Graph }[]): PlannedNames[] {
  return drafts
    .map(({ id, name, draft }) => ({
      from: { in: 'journey' as const, id, name },
      ...namesIn(draft, entryKinds),
    }))
    .filter(hasAny)
}

/** The names that files will bring: as they have been mapped, else as their first line calls the columns. */
export function namesOfFiles(
  files: readonly { id: string; fileName: string; format: unknown; mapping: unknown }[],
): PlannedNames[] {
  return files
    .flatMap(({ id, fileName, format, mapping }) => {
      const read = storedFormatShape.safeParse(format)
      const mapped = mappingShape.safeParse(mapping)
      if (!read.success) return []
      const from = { in: 'import' as const, id, name: fileName }
      return [{ from, ...(mapped.success ? mappedNames(mapped.data, read.data) : columnNames(read.data)) }]
    })
    .filter(hasAny)
}

function hasAny({ events, attributes }: UsedNames): boolean {
  return events.length > 0 || attributes.length > 0
}

function mappedNames({ event, properties, attributes }: Mapping, { columns }: StoredFormat): UsedNames {
  const called = 'name' in event ? [event.name] : (columns[event.column]?.samples ?? [])
  const own = properties.map(({ name }) => name)
  return {
    events: called.map((name) => ({ name, properties: own })),
    attributes: attributes.map(({ name }) => name),
  }
}

/** Before it is mapped a file says nothing of its events; its columns stand for properties of any. */
function columnNames({ header, columns }: StoredFormat): UsedNames {
  const own = columns.filter(({ guess }) => guess === 'number' || guess === 'text').map(({ name }) => name)
  return { events: header && own.length > 0 ? [{ name: '', properties: own }] : [], attributes: [] }
}
