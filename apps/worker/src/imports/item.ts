import { createHash } from 'node:crypto'
import type { EventItem } from '@tropa/db/events'
import type { PageError } from '@tropa/db/imports'
import type { MappedRow, Mapping, RowError } from '@tropa/intake'

interface Source {
  fileHash: string
  mapping: Mapping
  cells: string[]
}

const rawLength = 2_000

/**
 * The event of a row. Its message id is the file's own or made of the file's content and the line, so the same file
 * imported twice brings nothing new.
 */
export function itemOf(row: MappedRow, { fileHash, mapping, cells }: Source): EventItem & { line: number } {
  const { customer, email } = row
  const consent = mapping.consentEmail
  return {
    line: row.line,
    messageId: row.messageId ?? `import:${fileHash.slice(0, 32)}:${row.line}`,
    name: row.event,
    properties: row.properties,
    occurredAt: row.at,
    dayOnly: !row.hasClock,
    bodyHash: createHash('sha256')
      .update(JSON.stringify([row.event, cells]))
      .digest('hex'),
    identifiers: [customer],
    madeUpEmail: email ?? undefined,
    traits: Object.keys(row.attributes).length > 0 ? row.attributes : undefined,
    consents: consent
      ? [{ channel: 'email', topic: '', state: 'granted', source: consent.source }]
      : undefined,
  }
}

/** A row that was not taken, as it is kept: the sentence in both languages, the row as it was. */
export function pageError(line: number, { code, detail }: RowError, raw: string): PageError {
  const printable = raw.replaceAll('\u0000', '').slice(0, rawLength)
  return { line, code, detail: JSON.stringify(detail), raw: printable }
}
