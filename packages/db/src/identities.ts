import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Queryable } from './open.ts'

export interface Identifier {
  type: string
  value: string
}

/** Who one event is about. `previous` names the one whom an alias joins to them. */
export interface Person {
  identifiers: Identifier[]
  previous?: string | undefined
}

interface Known {
  id: string
  createdAt: number
  hasExternalId: boolean
  isNew: boolean
}

interface Merge {
  loser: string
  survivor: string
}

/** What a set of people comes to: the customer of each, and what has to be written so that it is true. */
export interface Resolution {
  customerIds: string[]
  created: string[]
  linked: (Identifier & { customerId: string })[]
  merges: Merge[]
}

export interface OwnerRow {
  type: string
  value: string
  customer_id: string
  created_at: string
  has_external_id: boolean
}

/**
 * The lock of who is who in a workspace, held until the transaction ends: `shared` by everybody who writes events,
 * `exclusive` by those who make customers disappear.
 */
export function identityLock(mode: 'shared' | 'exclusive', workspaceId: string) {
  const lock = mode === 'exclusive' ? sql`pg_advisory_xact_lock` : sql`pg_advisory_xact_lock_shared`
  return sql`${lock}(hashtextextended(${workspaceId}, 11))`
}

const keyOf = (identifier: Identifier): string => `${identifier.type}\u0000${identifier.value}`

/** Every identifier that decides who the people are, once each, in one order for all transactions. */
export function identifiersOf(people: Person[]): Identifier[] {
  const all = new Map<string, Identifier>()
  for (const person of people) {
    const previous = person.previous
    const former = previous ? ['anonymous_id', 'external_id'].map((type) => ({ type, value: previous })) : []
    for (const identifier of [...person.identifiers, ...former]) all.set(keyOf(identifier), identifier)
  }
  return [...all.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

class Book {
  readonly #known = new Map<string, Known>()
  readonly #owner = new Map<string, string>()
  readonly #became = new Map<string, string>()
  readonly linked = new Map<string, Identifier>()
  readonly merges: Merge[] = []

  constructor(rows: OwnerRow[]) {
    for (const row of rows) {
      this.#owner.set(keyOf(row), row.customer_id)
      this.#known.set(row.customer_id, {
        id: row.customer_id,
        createdAt: Date.parse(row.created_at),
        hasExternalId: row.has_external_id,
        isNew: false,
      })
    }
  }

  resolve(id: string): string {
    let at = id
    for (let next = this.#became.get(at); next; next = this.#became.get(at)) at = next
    return at
  }

  ownerOf(identifier: Identifier): Known | undefined {
    const id = this.#owner.get(keyOf(identifier))
    return id ? this.#known.get(this.resolve(id)) : undefined
  }

  create(): Known {
    const fresh = { id: randomUUID(), createdAt: Date.now(), hasExternalId: false, isNew: true }
    this.#known.set(fresh.id, fresh)
    return fresh
  }

  link(identifier: Identifier, customer: Known): void {
    this.#owner.set(keyOf(identifier), customer.id)
    this.linked.set(keyOf(identifier), identifier)
    if (identifier.type === 'external_id') customer.hasExternalId = true
  }

  merge(loser: Known, survivor: Known): void {
    this.#became.set(loser.id, survivor.id)
    if (loser.hasExternalId) survivor.hasExternalId = true
    if (!loser.isNew) this.merges.push({ loser: loser.id, survivor: survivor.id })
  }

  created(): string[] {
    return [...this.#known.values()]
      .filter(({ id, isNew }) => isNew && !this.#became.has(id))
      .map(({ id }) => id)
  }

  links(): (Identifier & { customerId: string })[] {
    return [...this.linked.values()]
      .map((identifier) => ({
        ...identifier,
        customerId: this.resolve(this.#owner.get(keyOf(identifier)) ?? ''),
      }))
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  }
}

function oldest(customers: Known[]): Known | undefined {
  return [...customers].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))[0]
}

/** An external id names the person; without one, whoever has one, else the oldest. */
function targetOf(person: Person, found: Known[], book: Book): Known {
  const external = person.identifiers.find(({ type }) => type === 'external_id')
  const owner = external && book.ownerOf(external)
  if (owner) return owner
  if (external) return oldest(found.filter((customer) => !customer.hasExternalId)) ?? book.create()
  return oldest(found.filter((customer) => customer.hasExternalId)) ?? oldest(found) ?? book.create()
}

function place(person: Person, book: Book): string {
  const found = [...new Set(person.identifiers.flatMap((one) => book.ownerOf(one) ?? []))]
  const target = targetOf(person, found, book)
  for (const other of found) if (other !== target && !other.hasExternalId) book.merge(other, target)
  for (const identifier of person.identifiers) {
    if (!book.ownerOf(identifier)) book.link(identifier, target)
  }
  const value = person.previous
  if (value) {
    const former = ['anonymous_id', 'external_id'].flatMap((type) => book.ownerOf({ type, value }) ?? [])
    for (const other of new Set(former)) if (other !== target) book.merge(other, target)
    if (former.length === 0) book.link({ type: 'anonymous_id', value }, target)
  }
  return target.id
}

/**
 * Decides, in order, who each person is. Identifiers seen together belong together; two customers who both have an
 * external id are never joined by a shared address or device, only by an alias.
 */
export function resolvePeople(people: Person[], owners: OwnerRow[]): Resolution {
  const book = new Book(owners)
  const placed = people.map((person) => place(person, book))
  return {
    customerIds: placed.map((id) => book.resolve(id)),
    created: book.created(),
    linked: book.links(),
    merges: book.merges,
  }
}

/** Writes new customers and identifiers; returns false when somebody else took one of the identifiers first. */
export async function saveResolution(
  tx: Queryable,
  workspaceId: string,
  { created, linked }: Resolution,
  importId: string | null,
): Promise<boolean> {
  if (linked.length === 0) return true
  const rows = linked.map(({ type, value, customerId }) => ({ type, value, customer_id: customerId }))
  const written = await tx.execute<{ n: number }>(sql`
    with made as (
      insert into customers (id, workspace_id, import_id)
      select (value)::uuid, ${workspaceId}, ${importId}::uuid
      from jsonb_array_elements_text(${JSON.stringify(created)}::jsonb)
    ), linked as (
      insert into identifiers (workspace_id, type, value, customer_id)
      select ${workspaceId}, type, value, customer_id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(type text, value text, customer_id uuid)
      on conflict do nothing returning 1
    )
    select count(*)::int as n from linked`)
  return written.rows[0]?.n === linked.length
}
