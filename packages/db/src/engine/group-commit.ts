import type pg from 'pg'
import { mutexOf } from '../customers/mutex.ts'
import { isLostDatabase } from '../lost.ts'
import {
  beginPatiently,
  inOneWrite,
  inShortTransaction,
  isLockTimeout,
  type Last,
  statement,
  type Transaction,
} from '../statement.ts'

/** What a transaction is about: an enrollment, or the one that a message belongs to. */
export interface Subject {
  kind: 'enrollment' | 'message'
  id: string
}

/**
 * A short transaction that may share its begin and commit with those of other customers. When its group fails it is run
 * again alone, so it must have no effect outside the transaction; and as the others wait for it, it waits for nothing slow.
 */
export interface Part<O, T> {
  /** Locks what the part works on, the customer's mutex first, and may read it. */
  open: (transaction: Transaction) => Promise<O>
  /** May ask more, and hands what it writes to `last`. */
  work: (transaction: Transaction, opened: O, last: Last) => Promise<T>
}

interface Waiting {
  subject: Subject
  part: Part<unknown, unknown>
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

interface Locked {
  id: string
  enrollmentId: string
  mutex: string
}

/** The most parts of one group. */
const most = 24

/**
 * Group commit: transactions that are asked for while one is under way wait for it, and then share one begin, one commit
 * and their writes to the socket. Under little load each has a transaction of its own, at once. What concerns the same
 * customer never shares one.
 */
export class GroupCommit {
  private waiting: Waiting[] = []
  private running = false
  /** Those whose customer somebody else holds, and how many of them wait for that at Postgres. */
  private readonly held: Waiting[] = []
  private aside = 0
  /** How many parts may run by themselves at once: a third of the connections, so that enough are left for the others. */
  private readonly mostAside: number

  constructor(private readonly pool: pg.Pool) {
    this.mostAside = Math.max(1, Math.floor((pool.options.max ?? 10) / 3))
  }

  /** Resolves with what the part answers when it is committed. */
  run<O, T>(subject: Subject, { open, work }: Part<O, T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const part = { open, work } as Part<unknown, unknown>
      this.waiting.push({ subject, part, resolve: resolve as Waiting['resolve'], reject })
      if (!this.running) void this.runAll()
    })
  }

  private async runAll(): Promise<void> {
    this.running = true
    for (let group = this.waiting.splice(0, most); group.length > 0; group = this.waiting.splice(0, most))
      await this.runGroup(group)
    this.running = false
  }

  private async runGroup(group: Waiting[]): Promise<void> {
    try {
      if (group.length > 1) return await this.runTogether(group)
    } catch (error) {
      if (isLostDatabase(error)) {
        for (const { reject } of group) reject(error)
        return
      }
      // One of them failed, or waits for a lock: which one shows when each runs by itself.
    }
    const left = [...group]
    const runSome = async () => {
      for (let one = left.shift(); one; one = left.shift()) await this.runBriefly(one)
    }
    await Promise.all(Array.from({ length: this.mostAside }, runSome))
  }

  private async runTogether(group: Waiting[]): Promise<void> {
    const { members, others, results } = await inShortTransaction(
      this.pool,
      (tx) => lockSubjects(tx, group),
      async (tx, locked, last) => {
        const { members, others } = firstOfEachCustomer(group, locked)
        const opened = await inOneWrite(tx, () => members.map(({ part }) => part.open(tx)))
        const working = members.map(({ part }, index) => part.work(tx, opened[index], last))
        await Promise.allSettled(working)
        return { members, others, results: await Promise.all(working) }
      },
      beginPatiently,
    )
    for (const [index, { resolve }] of members.entries()) resolve(results[index])
    this.waiting = [...others, ...this.waiting]
  }

  private async runBriefly(one: Waiting): Promise<void> {
    const { part, resolve, reject } = one
    try {
      resolve(await inShortTransaction(this.pool, part.open, part.work, beginPatiently))
    } catch (error) {
      if (!isLockTimeout(error)) return reject(error)
      this.held.push(one)
      if (this.aside < this.mostAside) void this.runAside()
    }
  }

  /** Runs those that wait for a lock for as long as that takes, beside the groups. */
  private async runAside(): Promise<void> {
    this.aside += 1
    for (let one = this.held.shift(); one; one = this.held.shift())
      await inShortTransaction(this.pool, one.part.open, one.part.work).then(one.resolve, one.reject)
    this.aside -= 1
  }
}

/** Takes the mutexes of all customers concerned, in the order in which the router takes them. */
function lockSubjects(tx: Transaction, group: readonly Waiting[]): Promise<Locked[]> {
  const idsOf = (kind: Subject['kind']) =>
    group.filter(({ subject }) => subject.kind === kind).map(({ subject }) => subject.id)
  return lockAll(tx, idsOf('enrollment'), idsOf('message'))
}

const lockAll = statement<[enrollmentIds: string[], messageIds: string[]], Locked>(
  `with concerned as materialized (
     select id, id as enrollment_id, customer_id from enrollments where id = any($1::uuid[])
     union all
     select id, enrollment_id, customer_id from messages where id = any($2::uuid[])),
   keys as materialized (
     select o.id, enrollment_id, ${mutexOf('coalesce(c.merged_into, customer_id)')} as key
     from concerned o left join customers c on c.id = customer_id order by key)
   select id, enrollment_id as "enrollmentId", key::text as mutex, pg_advisory_xact_lock(key) from keys`,
)

/** Those that may go together, ordered by enrollment so that rows are locked in one order; the others wait for the next group. */
function firstOfEachCustomer(group: readonly Waiting[], locked: readonly Locked[]) {
  const byId = new Map(locked.map((one) => [one.id, one]))
  const taken = new Set<string>()
  const members: Waiting[] = []
  const others: Waiting[] = []
  for (const waiting of group) {
    const mutex = byId.get(waiting.subject.id)?.mutex ?? ''
    ;(taken.has(mutex) ? others : members).push(waiting)
    taken.add(mutex)
  }
  const enrollmentOf = ({ subject }: Waiting) => byId.get(subject.id)?.enrollmentId ?? ''
  members.sort((a, b) => (enrollmentOf(a) < enrollmentOf(b) ? -1 : 1))
  return { members, others }
}
