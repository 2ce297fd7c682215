import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Queryable } from '../open.ts'

export interface Identifier {
  type: string
  value: string
}

/**
 * Who one event is about. `previous` names the one whom an alias joins to them. `madeUpEmail` says nothing of who they
 * are: it becomes the address of somebody who has none.
 */
export interface Person {
  identifiers: Identifier[]
  previous?: string | undefined
  madeUpEmail?: string | undefined
}

interface Known {
  id: string
  createdAt: number
  hasExternalId: boolean
  hasEmail: boolean
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
  /** Known from imports only, and now said by somebody else, too. */
  restated: Identifier[]
  merges: Merge[]
}

export interface OwnerRow {
  type: string
  value: string
  customer_id: string
  created_at: string
  has_external_id: boolean
  /** Known only when somebody comes with a made-up address. */
  has_email: boolean
  /** Only imports have said it so far, and not the one that asks. */
  is_imported: boolean
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
    const madeUp = person.madeUpEmail ? [{ type: 'email', value: person.madeUpEmail }] : []
    for (const identifier of [...person.identifiers, ...former, ...madeUp])
      all.set(keyOf(identifier), identifier)
  }
  return [...all.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

class Book {
  readonly #known = new Map<string, Known>()
  readonly #owner = new Map<string, string>()
  readonly #became = new Map<string, string>()
  readonly #imported = new Map<string, Identifier>()
  readonly restated = new Map<string, Identifier>()
  readonly linked = new Map<string, Identifier>()
  readonly merges: Merge[] = []

  constructor(rows: OwnerRow[]) {
    for (const row of rows) {
      this.#owner.set(keyOf(row), row.customer_id)
      if (row.is_imported) this.#imported.set(keyOf(row), { type: row.type, value: row.value })
      this.#known.set(row.customer_id, {
        id: row.customer_id,
        createdAt: Date.parse(row.created_at),
        hasExternalId: row.has_external_id,
        hasEmail: row.has_email,
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
    const fresh = {
      id: randomUUID(),
      createdAt: Date.now(),
      hasExternalId: false,
      hasEmail: false,
      isNew: true,
    }
    this.#known.set(fresh.id, fresh)
    return fresh
  }

  link(identifier: Identifier, customer: Known): void {
    this.#owner.set(keyOf(identifier), customer.id)
    this.linked.set(keyOf(identifier), identifier)
    if (identifier.type === 'external_id') customer.hasExternalId = true
    if (identifier.type === 'email') customer.hasEmail = true
  }

  /** Notes that an identifier with an owner has been said again. */
  restate(identifier: Identifier): void {
    const imported = this.#imported.get(keyOf(identifier))
    if (imported) this.restated.set(keyOf(imported), imported)
  }

  merge(loser: Known, survivor: Known): void {
    this.#became.set(loser.id, survivor.id)
    if (loser.hasExternalId) survivor.hasExternalId = true
    if (loser.hasEmail) survivor.hasEmail = true
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
    if (book.ownerOf(identifier)) book.restate(identifier)
    else book.link(identifier, target)
  }
  joinFormer(person.previous, target, book)
  if (person.madeUpEmail) placeMadeUp({ type: 'email', value: person.madeUpEmail }, target, book)
  return target.id
}

function joinFormer(value: string | undefined, target: Known, book: Book): void {
  if (!value) return
  const former = ['anonymous_id', 'external_id'].map((type) => ({ type, value }))
  const owners = former.flatMap((identifier) => book.ownerOf(identifier) ?? [])
  for (const other of new Set(owners)) if (other !== target) book.merge(other, target)
  for (const identifier of former) book.restate(identifier)
  if (owners.length === 0) book.link({ type: 'anonymous_id', value }, target)
}

/** A made-up address that is somebody else's joins nobody, and who has an address needs none. */
function placeMadeUp(email: Identifier, target: Known, book: Book): void {
  const owner = book.ownerOf(email)
  if (owner === target) book.restate(email)
  else if (!owner && !target.hasEmail) book.link(email, target)
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
    restated: [...book.restated.values()],
    merges: book.merges,
  }
}

/**
 * Writes new customers and identifiers, and which imports have said these; what anything but an import says is no longer
 * an import's to take back. Returns false when somebody else took or removed one of the identifiers first.
 */
export async function saveResolution(
  tx: Queryable,
  workspaceId: string,
  { created, linked, restated }: Resolution,
  importId: string | null,
): Promise<boolean> {
  if (linked.length === 0 && restated.length === 0) return true
  const rows = linked.map(({ type, value, customerId }) => ({ type, value, customer_id: customerId }))
  const written = await tx.execute<{ n: number }>(sql`
    with made as (
      insert into customers (id, workspace_id, import_id)
      select (value)::uuid, ${workspaceId}, ${importId}::uuid
      from jsonb_array_elements_text(${JSON.stringify(created)}::jsonb)
    ), linked as (
      insert into identifiers (workspace_id, type, value, customer_id, import_ids)
      select ${workspaceId}, type, value, customer_id,
        case when ${importId}::uuid is not null then array[${importId}::uuid] end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(type text, value text, customer_id uuid)
      on conflict do nothing returning 1
    ), restated as (
      update identifiers i set import_ids = case when ${importId}::uuid is not null and i.import_ids is not null
        then array_append(i.import_ids, ${importId}::uuid) end
      from jsonb_to_recordset(${JSON.stringify(restated)}::jsonb) as t(type text, value text)
      where i.workspace_id = ${workspaceId} and i.type = t.type and i.value = t.value returning 1
    )
    select (select count(*) from linked)::int + (select count(*) from restated)::int as n`)
  return written.rows[0]?.n === linked.length + restated.length
}
