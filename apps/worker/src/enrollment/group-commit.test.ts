import { reschedule } from '@tropa/db/enrollments'
import type { GroupCommit, Part } from '@tropa/db/group-commit'
import { inTransaction, type Transaction } from '@tropa/db/statement'
import { beforeEach, expect, it } from 'vitest'
import { eachTestWith } from '../testing/each-test.ts'
import { MailWorld, type World } from '../testing/index.ts'

let mails: MailWorld
let world: World
let commits: GroupCommit

eachTestWith(MailWorld.fresh, (fresh) => {
  mails = fresh
  world = fresh.world
  commits = world.commits
})

/** Enrollments of different customers, each with a planned message. */
let people: { id: string; enrollment: string; customer: string }[]

beforeEach(async () => {
  people = []
  for (let made = 0; made < 4; made += 1) people.push(await mails.planned())
})

const person = (index: number) => {
  const one = people[index]
  if (!one) throw new Error(`There is no person ${index}`)
  return one
}
const about = (index: number) => ({ kind: 'enrollment' as const, id: person(index).enrollment })

async function transactionId(tx: Transaction): Promise<string> {
  const { rows } = await tx.query('select pg_current_xact_id()::text as id')
  return rows[0].id
}

const seeing: Part<string, string> = { open: transactionId, work: async (_tx, id) => id }

/** Writes an instant at which an enrollment is due, after `work`. */
const writing = (index: number, work: (tx: Transaction) => Promise<unknown> = async () => undefined) => ({
  open: async () => undefined,
  work: async (tx: Transaction, _opened: undefined, last: (write: () => Promise<unknown>) => void) => {
    await work(tx)
    last(() => reschedule(tx, person(index).enrollment, '2040-01-01T00:00:00Z'))
  },
})

/** Who has been written to, by their place among the people. */
async function written(): Promise<number[]> {
  const due = await world.rows<{ id: string }>(
    `select id from enrollments where due_at = '2040-01-01T00:00:00Z' and id = any($1)`,
    [people.map(({ enrollment }) => enrollment)],
  )
  return due.map(({ id }) => people.findIndex(({ enrollment }) => enrollment === id)).sort()
}

it('what is asked for while a transaction runs goes into the next one together', async () => {
  const [first, ...others] = await Promise.all([0, 1, 2, 3].map((index) => commits.run(about(index), seeing)))
  expect(new Set(others).size).toBe(1)
  expect(others[0]).not.toBe(first)
})

it('two parts about one customer, one by enrollment and one by message, never share a transaction', async () => {
  const [, enrollment, message, other] = await Promise.all([
    commits.run(about(0), seeing),
    commits.run(about(1), seeing),
    commits.run({ kind: 'message', id: person(1).id }, seeing),
    commits.run(about(2), seeing),
  ])
  expect(other).toBe(enrollment)
  expect(message).not.toBe(enrollment)
})

it('a part that fails takes nothing of the others with it, and only its caller is told', async () => {
  const ended = await Promise.allSettled([
    commits.run(about(0), writing(0)),
    commits.run(about(1), writing(1)),
    commits.run(
      about(2),
      writing(2, (tx) => tx.query('select 1 / 0')),
    ),
    commits.run(
      about(3),
      writing(3, () => Promise.reject(new Error('No such version'))),
    ),
  ])
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
  expect(ended[2]).toMatchObject({ reason: { message: 'division by zero' } })
  expect(ended[3]).toMatchObject({ reason: { message: 'No such version' } })
  expect(await written()).toEqual([0, 1])
})

it('a customer whom somebody else holds keeps nobody else waiting', async () => {
  const held = await inTransaction(world.pool, async (tx) => {
    await tx.query('select id from enrollments where id = $1 for update', [person(1).enrollment])
    const waiting = commits.run(about(1), writing(1))
    const others = Promise.all([0, 2, 3].map((index) => commits.run(about(index), writing(index))))
    await Promise.race([others, new Promise((resolve) => setTimeout(resolve, 10_000))])
    expect.soft(await written()).toEqual([0, 2, 3])
    return { waiting }
  })
  await held.waiting
  expect(await written()).toEqual([0, 1, 2, 3])
})

it('however many are held, the others go on, and the held ones when they are free', async () => {
  while (people.length < 9) people.push(await mails.planned())
  const { held } = await inTransaction(world.pool, async (tx) => {
    const rows = people.slice(1).map(({ enrollment }) => enrollment)
    await tx.query('select id from enrollments where id = any($1) order by id for update', [rows])
    const held = Promise.all(rows.map((_, index) => commits.run(about(index + 1), writing(index + 1))))
    await Promise.race([
      new Promise((resolve) => setTimeout(resolve, 5_000)),
      commits.run(about(0), writing(0)),
    ])
    expect.soft(await written()).toEqual([0])
    return { held }
  })
  await held
  expect(await written()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
}, 60_000)

it('goes on after an enrollment that is gone', async () => {
  const gone = { kind: 'enrollment' as const, id: '00000000-0000-4000-8000-000000000000' }
  const [, first, second] = await Promise.all([
    commits.run(about(0), seeing),
    commits.run(gone, seeing),
    commits.run(gone, seeing),
  ])
  expect(first).toBeDefined()
  expect(second).toBeDefined()
})

it('tells everybody at once that the database went away, and asks nothing again', async () => {
  const asked: number[] = []
  const counted = (index: number, work?: (tx: Transaction) => Promise<unknown>) =>
    commits.run(
      about(index),
      writing(index, (tx) => {
        asked.push(index)
        return work ? work(tx) : Promise.resolve()
      }),
    )
  const ended = await Promise.allSettled([
    counted(0),
    counted(1),
    counted(2, (tx) => tx.query('select pg_terminate_backend(pg_backend_pid())')),
  ])
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  expect(asked.sort()).toEqual([0, 1, 2])
  expect(await written()).toEqual([0])
})
