import type { EnrollmentState, Graph, Input, Plan, ReadRecord, Text } from '@tropa/journey'
import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

export * from './auth-tables.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const instant = (name?: string) =>
  name ? timestamp(name, { withTimezone: true }) : timestamp({ withTimezone: true })
const now = (name?: string) => instant(name).notNull().defaultNow()
const id = () => uuid().primaryKey().default(sql`gen_random_uuid()`)
const workspace = () => text().notNull()

/** What a member may set for a whole workspace. */
export const workspaceSettings = pgTable('workspace_settings', {
  workspaceId: text().primaryKey(),
  timeZone: text().notNull().default('UTC'),
  currency: text().notNull().default('USD'),
  language: text().notNull().default('en'),
  createdAt: now(),
})

/** Keys of the event API; the key itself is shown once and kept only as a hash. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    workspaceId: workspace(),
    kind: text().$type<'write' | 'secret'>().notNull(),
    name: text().notNull(),
    hash: text().notNull(),
    lastFour: text().notNull(),
    /** For a write key: the only pages that may send with it; empty for any. */
    origins: jsonb().$type<string[]>().notNull().default([]),
    createdBy: text(),
    createdAt: now(),
    lastUsedAt: instant(),
    revokedAt: instant(),
  },
  (t) => [uniqueIndex().on(t.hash), index().on(t.workspaceId)],
)

export const customers = pgTable(
  'customers',
  {
    id: id(),
    workspaceId: workspace(),
    attributes: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    timeZone: text(),
    language: text(),
    importId: uuid(),
    mergedInto: uuid(),
    createdAt: now(),
    updatedAt: now(),
  },
  (t) => [
    index().on(t.workspaceId, t.createdAt),
    index('customers_merged').on(t.mergedInto).where(sql`merged_into is not null`),
  ],
)

/** One way to recognise a customer: external_id, anonymous_id, email, phone and later channel ids. */
export const identifiers = pgTable(
  'identifiers',
  {
    workspaceId: workspace(),
    type: text().notNull(),
    value: text().notNull(),
    customerId: uuid().notNull(),
    /** The imports that have said it, while nothing else has: with the last of them it goes. */
    importIds: uuid().array(),
    createdAt: now(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.type, t.value] }),
    index().on(t.customerId),
    index('identifiers_of_import').using('gin', t.importIds).where(sql`import_ids is not null`),
  ],
)

/** The present state of a consent; its history is in consent_changes. `topic` is empty for the channel as a whole. */
export const consents = pgTable(
  'consents',
  {
    workspaceId: workspace(),
    customerId: uuid().notNull(),
    channel: text().notNull(),
    topic: text().notNull().default(''),
    state: text().$type<'granted' | 'revoked'>().notNull(),
    source: text().notNull(),
    changedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.customerId, t.channel, t.topic] })],
)

export const consentChanges = pgTable(
  'consent_changes',
  {
    id: id(),
    workspaceId: workspace(),
    customerId: uuid().notNull(),
    channel: text().notNull(),
    topic: text().notNull().default(''),
    state: text().$type<'granted' | 'revoked'>().notNull(),
    source: text().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    at: now(),
  },
  (t) => [index().on(t.customerId, t.at)],
)

/** Addresses nothing may be sent to: hard bounces, complaints. */
export const suppressions = pgTable(
  'suppressions',
  {
    workspaceId: workspace(),
    channel: text().notNull(),
    address: text().notNull(),
    reason: text().notNull(),
    at: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.channel, t.address] })],
)

/** Everything that happened, once per message id. `clockId` marks events of a compressed run. */
export const events = pgTable(
  'events',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    workspaceId: workspace(),
    customerId: uuid().notNull(),
    messageId: text().notNull(),
    name: text().notNull(),
    properties: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    occurredAt: instant().notNull(),
    receivedAt: now(),
    source: text().$type<'api' | 'import' | 'system'>().notNull(),
    bodyHash: text().notNull(),
    importId: uuid(),
    clockId: uuid(),
  },
  (t) => [
    unique('events_message_id').on(t.workspaceId, t.messageId),
    index('events_of_customer').on(t.customerId, t.occurredAt),
    index('events_of_import').on(t.importId).where(sql`import_id is not null`),
  ],
)

/** Committed events the router has not taken yet; a row leaves in the transaction that routes it. */
export const outbox = pgTable(
  'outbox',
  {
    eventId: bigint({ mode: 'number' }).primaryKey(),
    workspaceId: workspace(),
    customerId: uuid().notNull(),
    /** hash of the customer modulo 64: all events of a customer are in one partition. */
    partition: integer().notNull(),
    occurredAt: instant().notNull(),
    attempts: integer().notNull().default(0),
    enqueuedAt: now(),
  },
  (t) => [index('outbox_by_partition').on(t.partition, t.occurredAt, t.eventId)],
)

/** Event names and properties seen, for pickers and for the validator's catalogue. */
export const eventCatalogue = pgTable(
  'event_catalogue',
  {
    workspaceId: workspace(),
    name: text().notNull(),
    property: text().notNull().default(''),
    valueType: text().notNull().default(''),
    firstSeenAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.name, t.property] })],
)

export const attributeCatalogue = pgTable(
  'attribute_catalogue',
  {
    workspaceId: workspace(),
    name: text().notNull(),
    valueType: text().notNull().default(''),
    firstSeenAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.name] })],
)

export const journeys = pgTable(
  'journeys',
  {
    id: id(),
    workspaceId: workspace(),
    name: text().notNull(),
    draft: jsonb().$type<Graph>().notNull(),
    revision: integer().notNull().default(1),
    status: text().$type<'draft' | 'live' | 'paused' | 'archived'>().notNull().default('draft'),
    liveVersionId: uuid(),
    createdBy: text(),
    createdAt: now(),
    updatedAt: now(),
    updatedBy: text(),
  },
  (t) => [index().on(t.workspaceId, t.status)],
)

/** A frozen graph and its plan; never edited. */
export const versions = pgTable(
  'versions',
  {
    id: id(),
    workspaceId: workspace(),
    journeyId: uuid().notNull(),
    number: integer().notNull(),
    graph: jsonb().$type<Graph>().notNull(),
    plan: jsonb().$type<Plan>().notNull(),
    planHash: text().notNull(),
    note: text().notNull().default(''),
    publishedBy: text(),
    publishedAt: now(),
  },
  (t) => [unique('versions_number').on(t.journeyId, t.number)],
)

/** The entries of live versions by event name: what the router looks up. */
export const liveEntries = pgTable(
  'live_entries',
  {
    workspaceId: workspace(),
    event: text().notNull(),
    journeyId: uuid().notNull(),
    versionId: uuid().notNull(),
    nodeId: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.journeyId, t.nodeId] }),
    index('live_entries_by_event').on(t.workspaceId, t.event),
  ],
)

/** Compressed clocks for runs in which a day takes seconds; see clock.ts of the grammar. A pause keeps `pausedAt`. */
export const clocks = pgTable('clocks', {
  id: id(),
  workspaceId: workspace(),
  importId: uuid().notNull(),
  realStart: instant().notNull(),
  virtualStart: instant().notNull(),
  scale: doublePrecision().notNull(),
  /** All events of the run up to this virtual instant are in `events`. */
  fedUntil: instant().notNull(),
  pausedAt: instant(),
  /** How long it has stood still in all because the engine was behind; a member's pauses are not counted. */
  stoodMs: doublePrecision().notNull().default(0),
  /** The virtual instant since which `stoodMs` is counted: that of the last change of speed; empty for the start. */
  stoodSince: instant(),
  /** The virtual instant of the last event that was staged for the run. */
  lastAt: instant(),
  endedAt: instant(),
})

/** Who is or was in a journey under an entry key: the re-entry rule as a unique key. */
export const entrySlots = pgTable(
  'entry_slots',
  {
    journeyId: uuid().notNull(),
    customerId: uuid().notNull(),
    entryKey: text().notNull(),
    enrollmentId: uuid().notNull(),
    enteredAt: instant().notNull(),
    /** Empty while the enrollment is active. */
    endedAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.journeyId, t.customerId, t.entryKey] })],
)

export const enrollments = pgTable(
  'enrollments',
  {
    id: id(),
    workspaceId: workspace(),
    journeyId: uuid().notNull(),
    versionId: uuid().notNull(),
    customerId: uuid().notNull(),
    entryKey: text().notNull(),
    entryNode: text().notNull(),
    entryEventId: bigint({ mode: 'number' }).notNull(),
    status: text()
      .$type<'active' | 'completed' | 'exited' | 'failed' | 'removed'>()
      .notNull()
      .default('active'),
    endReason: text(),
    endLabel: text(),
    state: jsonb().$type<EnrollmentState>().notNull(),
    /** Node where the token stands, what it waits for and until when (real time); empty when ended. */
    place: text(),
    waitingFor: text().$type<'timer' | 'event' | 'message' | 'call' | 'start'>(),
    dueAt: instant(),
    clockId: uuid(),
    salt: text().notNull(),
    headHash: text().notNull(),
    /** Set when Temporal has acknowledged the workflow's start. */
    startedAt: instant(),
    enteredAt: instant().notNull(),
    endedAt: instant(),
    updatedAt: now(),
  },
  (t) => [
    uniqueIndex('one_active_enrollment')
      .on(t.journeyId, t.customerId, t.entryKey)
      .where(sql`status = 'active'`),
    index('enrollments_of_customer').on(t.customerId, t.enteredAt),
    index('enrollments_of_journey').on(t.workspaceId, t.journeyId, t.status, t.enteredAt),
    index('enrollments_by_place').on(t.versionId, t.place).where(sql`status = 'active'`),
    index('enrollments_due').on(t.dueAt).where(sql`status = 'active'`),
    index('enrollments_on_clock').on(t.clockId, t.status).where(sql`clock_id is not null`),
    index('enrollments_unstarted').on(t.enteredAt).where(sql`status = 'active' and started_at is null`),
  ],
)

/** Finished visits, append-only and hash-chained. Instants inside `data` are epoch milliseconds. */
export const steps = pgTable(
  'steps',
  {
    enrollmentId: uuid().notNull(),
    seq: integer().notNull(),
    workspaceId: workspace(),
    versionId: uuid().notNull(),
    node: text().notNull(),
    kind: text().notNull(),
    visit: integer().notNull(),
    enteredAt: instant().notNull(),
    leftAt: instant().notNull(),
    output: text(),
    status: text().$type<'done' | 'ended' | 'failed' | 'removed'>().notNull(),
    reason: text(),
    reads: jsonb().$type<ReadRecord[]>().notNull(),
    decision: jsonb(),
    input: jsonb().$type<Input>(),
    hash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.enrollmentId, t.seq] }),
    index('steps_by_node').on(t.versionId, t.node, t.leftAt),
  ],
)

/** Changes of the numbers on the canvas, folded into node_counts by the sweeper. */
export const countDeltas = pgTable('count_deltas', {
  id: bigserial({ mode: 'number' }).primaryKey(),
  versionId: uuid().notNull(),
  node: text().notNull(),
  /** Empty for entered; an output id for moved on; `:ended`, `:failed`, `:removed` for the other ways out. */
  output: text().notNull(),
  n: integer().notNull(),
})

export const nodeCounts = pgTable(
  'node_counts',
  {
    versionId: uuid().notNull(),
    node: text().notNull(),
    output: text().notNull(),
    n: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.versionId, t.node, t.output] })],
)

/** An open ear of an enrollment. It leaves `open` exactly once, by compare-and-set. */
export const waits = pgTable(
  'waits',
  {
    enrollmentId: uuid().notNull(),
    seq: integer().notNull(),
    alternative: integer().notNull(),
    workspaceId: workspace(),
    customerId: uuid().notNull(),
    event: text().notNull(),
    since: instant().notNull(),
    until: instant().notNull(),
    status: text().$type<'open' | 'matched' | 'timed_out' | 'cancelled'>().notNull().default('open'),
    matchedEventId: bigint({ mode: 'number' }),
    match: jsonb(),
    settledAt: instant(),
    clockId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.enrollmentId, t.seq, t.alternative] }),
    index('open_waits').on(t.customerId, t.event).where(sql`status = 'open'`),
    index('matched_waits').on(t.settledAt).where(sql`status = 'matched'`),
  ],
)

/** Entries that were refused, each with its reason, so that "why did she not enter?" has an answer. */
export const rejections = pgTable(
  'rejections',
  {
    id: id(),
    workspaceId: workspace(),
    journeyId: uuid(),
    customerId: uuid().notNull(),
    eventId: bigint({ mode: 'number' }).notNull(),
    reason: text().notNull(),
    trace: jsonb(),
    at: now(),
  },
  (t) => [index().on(t.customerId, t.at), index().on(t.journeyId, t.at)],
)

/** One template to one customer, once: the ledger line. Unique per enrollment, node and visit (the step key). */
export const messages = pgTable(
  'messages',
  {
    id: id(),
    workspaceId: workspace(),
    enrollmentId: uuid().notNull(),
    journeyId: uuid().notNull(),
    versionId: uuid().notNull(),
    customerId: uuid().notNull(),
    node: text().notNull(),
    visit: integer().notNull(),
    seq: integer().notNull(),
    channel: text().notNull(),
    templateId: uuid(),
    connectionId: uuid(),
    status: text()
      .$type<'planned' | 'attempting' | 'accepted' | 'rejected' | 'not_sent' | 'unknown' | 'held'>()
      .notNull()
      .default('planned'),
    reason: text(),
    /** The rungs of the gate, in order: what was checked and what was found. */
    gate: jsonb(),
    address: text(),
    subject: text(),
    html: text(),
    body: text(),
    providerId: text(),
    clockId: uuid(),
    plannedAt: now(),
    /** Not before this instant (throttled or temporarily refused). */
    retryAt: instant(),
    finishedAt: instant(),
  },
  (t) => [
    unique('message_step_key').on(t.enrollmentId, t.node, t.visit),
    index('messages_of_customer').on(t.customerId, t.plannedAt),
    index('messages_of_node').on(t.versionId, t.node, t.status),
    index('messages_open').on(t.status, t.plannedAt).where(sql`status in ('planned', 'attempting')`),
    index('messages_of_paused').on(t.journeyId).where(sql`status = 'planned' and reason = 'journey_paused'`),
  ],
)

/** Every call to a provider; committed before the call. */
export const attempts = pgTable(
  'attempts',
  {
    messageId: uuid().notNull(),
    number: integer().notNull(),
    workspaceId: workspace(),
    startedAt: now(),
    /** After this instant an attempt without outcome counts as ambiguous. */
    leaseUntil: instant().notNull(),
    outcome: text().$type<'accepted' | 'rejected' | 'not_sent' | 'throttled' | 'ambiguous'>(),
    reason: text(),
    code: text(),
    detail: jsonb().$type<Text>(),
    finishedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.messageId, t.number] }),
    index('open_attempts').on(t.leaseUntil).where(sql`outcome is null`),
  ],
)

/**
 * What a member asked of an enrollment, or a merge of its customer with another who is in the journey; the engine applies
 * it at the next leg and records it as a step.
 */
export const requests = pgTable(
  'requests',
  {
    id: id(),
    workspaceId: workspace(),
    enrollmentId: uuid().notNull(),
    kind: text().$type<'skip' | 'remove' | 'release' | 'merge'>().notNull(),
    /** The visit it was asked at: a `skip` whose enrollment has moved on changes nothing. */
    seq: integer().notNull(),
    /** For `release`: the held message and what becomes of it. */
    messageId: uuid(),
    decision: text().$type<'resend' | 'give_up'>(),
    memberId: text().notNull(),
    reason: text().notNull(),
    createdAt: now(),
    appliedAt: instant(),
  },
  (t) => [index('open_requests').on(t.enrollmentId).where(sql`applied_at is null`)],
)

export const templates = pgTable(
  'templates',
  {
    id: id(),
    workspaceId: workspace(),
    channel: text().notNull().default('email'),
    name: text().notNull(),
    subject: text().notNull().default(''),
    preheader: text().notNull().default(''),
    format: text().$type<'mjml' | 'html'>().notNull().default('mjml'),
    body: text().notNull().default(''),
    /** What the renderer needs, made when the template was saved; empty while it has problems. */
    compiled: jsonb(),
    variables: jsonb().$type<string[]>().notNull().default([]),
    revision: integer().notNull().default(1),
    archivedAt: instant(),
    createdAt: now(),
    updatedAt: now(),
  },
  (t) => [index().on(t.workspaceId)],
)

/** A connector with a workspace's credentials; `secrets` is sealed. */
export const connections = pgTable(
  'connections',
  {
    id: id(),
    workspaceId: workspace(),
    connector: text().notNull(),
    channel: text().notNull(),
    name: text().notNull(),
    config: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    secrets: text(),
    isDefault: boolean().notNull().default(false),
    /** Delivers only into the built-in mailbox. */
    isMailbox: boolean().notNull().default(false),
    brokenSince: instant(),
    brokenReason: jsonb().$type<Text>(),
    disabledAt: instant(),
    createdAt: now(),
  },
  (t) => [index().on(t.workspaceId, t.channel)],
)

/** What the built-in mailbox received by SMTP. */
export const mails = pgTable(
  'mails',
  {
    id: id(),
    workspaceId: workspace(),
    messageId: text(),
    fromAddress: text().notNull(),
    toAddress: text().notNull(),
    subject: text().notNull().default(''),
    html: text(),
    body: text(),
    headers: jsonb().$type<{ name: string; value: string }[]>().notNull(),
    raw: bytea().notNull(),
    size: integer().notNull(),
    receivedAt: now(),
    readAt: instant(),
  },
  (t) => [index().on(t.workspaceId, t.receivedAt), index().on(t.workspaceId, t.toAddress)],
)

/** Uploaded files, in pieces, so that API and worker may live on different machines. */
export const fileChunks = pgTable(
  'file_chunks',
  { fileId: uuid().notNull(), n: integer().notNull(), workspaceId: workspace(), bytes: bytea().notNull() },
  (t) => [primaryKey({ columns: [t.fileId, t.n] })],
)

/** What an undo of an import came to. */
export interface UndoneImport {
  at: string
  events: number
  customers: number
  /** Attributes that have the value again which they had before, and those changed since, which stay as they are. */
  restored: number
  changedSince: number
  /** Events that paths of journeys rest on, which stay. Missing, like those below, where an older Tropa did the undo. */
  eventsKept?: number
  /** Of customers who stay: consents and ways to recognise or reach them that only the import had brought. */
  consents?: number
  identifiers?: number
  /** Customers of imports taken back before, who stayed for the sake of this one: among `customers`. */
  leftBefore?: number
}

/** How far an import has come: the byte and line of the next row, and the recent rows per second. */
export interface ImportPosition {
  byte: number
  line: number
  rate: number
}

export const imports = pgTable(
  'imports',
  {
    id: id(),
    workspaceId: workspace(),
    fileId: uuid().notNull(),
    fileName: text().notNull(),
    fileSize: bigint({ mode: 'number' }).notNull(),
    /** How the file is read: separator, header, encoding (see the import contract). */
    format: jsonb().$type<Record<string, unknown>>().notNull(),
    mapping: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** `history` stores only; `live` lets the events into live journeys now; `compressed` plays them on a fast clock. */
    mode: text().$type<'history' | 'live' | 'compressed'>().notNull().default('history'),
    secondsPerDay: doublePrecision(),
    status: text()
      .$type<'uploaded' | 'running' | 'paused' | 'stopped' | 'done' | 'failed' | 'undoing' | 'undone'>()
      .notNull()
      .default('uploaded'),
    rowsTotal: integer(),
    rowsRead: integer().notNull().default(0),
    rowsStored: integer().notNull().default(0),
    rowsDuplicate: integer().notNull().default(0),
    rowsRejected: integer().notNull().default(0),
    customersCreated: integer().notNull().default(0),
    /** For compressed runs: events let through so far. */
    eventsFed: integer().notNull().default(0),
    /** Where the next page begins; saved in the transaction that stores a page, so a restart repeats nothing. */
    position: jsonb().$type<ImportPosition>(),
    /** SHA-256 of the file's bytes: with the line number it makes the message ids of a repeated import equal. */
    fileHash: text().notNull().default(''),
    /** What an undo had to leave because journeys used it. */
    customersKept: integer().notNull().default(0),
    undone: jsonb().$type<UndoneImport>(),
    failure: jsonb().$type<Text>(),
    createdBy: text(),
    createdAt: now(),
    startedAt: instant(),
    finishedAt: instant(),
  },
  (t) => [index().on(t.workspaceId, t.createdAt)],
)

/** Events of a compressed run that its virtual clock has not reached yet. */
export const feed = pgTable(
  'feed',
  {
    importId: uuid().notNull(),
    line: integer().notNull(),
    workspaceId: workspace(),
    customerId: uuid().notNull(),
    name: text().notNull(),
    properties: jsonb().$type<Record<string, unknown>>().notNull(),
    occurredAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.occurredAt, t.line] }), index().on(t.customerId)],
)

export const importErrors = pgTable(
  'import_errors',
  {
    importId: uuid().notNull(),
    line: integer().notNull(),
    workspaceId: workspace(),
    code: text().notNull(),
    detail: text().notNull(),
    raw: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.line] })],
)

/**
 * Attributes as they were before an import, or a test run of it, changed them for customers who had been there before:
 * an undo gives them back unless they have been changed since. A missing `before` or `after` stands for no attribute.
 */
export const attributesBefore = pgTable(
  'attributes_before',
  {
    importId: uuid().notNull(),
    customerId: uuid().notNull(),
    name: text().notNull(),
    workspaceId: workspace(),
    before: jsonb().$type<unknown>(),
    after: jsonb().$type<unknown>(),
    /** Whether it has been said since by anything but an import, be it the same value: then it stays. */
    saidSince: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.customerId, t.name] }),
    index('attributes_before_of_customer').on(t.customerId),
  ],
)

/** The engines that live, one row a process: each says every few seconds that it is there and when it last worked. */
export const engines = pgTable('engines', {
  id: uuid().primaryKey(),
  seenAt: instant().notNull(),
  /** When it last reached everything it needs; empty until it has. */
  workedAt: instant(),
})

/** Who did what; append-only. */
export const audit = pgTable(
  'audit',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    workspaceId: workspace(),
    memberId: text(),
    action: text().notNull(),
    object: text().notNull(),
    objectId: text(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    at: now(),
  },
  (t) => [index().on(t.workspaceId, t.at)],
)
