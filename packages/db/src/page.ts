import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** Where a list goes on: after the row with this instant (as Postgres prints it) and id, newest first. */
export interface Position {
  at: string
  id: string
}

/** Which rows of a list are wanted. One row more than `limit` is read, so that the caller sees whether there are more. */
export interface Page {
  after: Position | null
  limit: number
}

/** The condition "older than the position" for a list ordered by (at, id) descending. */
export function olderThan(at: AnyColumn | SQL, id: AnyColumn | SQL, after: Position | null): SQL | undefined {
  return after ? sql`(${at}, ${id}::text) < (${after.at}::timestamptz, ${after.id})` : undefined
}

/** The columns that let a row be found again by `olderThan`. */
export const position = (at: AnyColumn | SQL, id: AnyColumn | SQL) => ({
  cursorAt: sql<string>`${at}::text`.as('cursor_at'),
  cursorId: sql<string>`${id}::text`.as('cursor_id'),
})

/** The pattern of a prefix search, with the wildcards of the word itself made harmless. */
export function prefixPattern(word: string): string {
  return `${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}
