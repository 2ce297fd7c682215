import { noteSaidByJourney, noteSaidByMember } from '@tropa/db/attributes-before'
import { countBrought } from '@tropa/db/brought'
import { changeConsent } from '@tropa/db/customers'
import { identityLock } from '@tropa/db/identities'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { email, external, type ImportBench } from '../testing/import-bench.ts'
import { withImportBench } from '../testing/with-import-bench.ts'
import type { ImportTarget } from './import-deps.ts'

let bench: ImportBench
let made = 0

withImportBench((opened) => {
  bench = opened
})

const invented = { emailAddress: { pattern: '{external_id}@example.test' } }
const rowsOf = (...people: string[]) => people.map((who) => `${who} 1 19970101 1 ${made++}\n`).join('')

const bring = (workspaceId: string, text: string, mapping: object) =>
  bench.bring({ workspaceId, text, mapping })

/** Takes an import back, and holds that what was said beforehand to go is what went. */
async function undo(target: ImportTarget) {
  const said = await countBrought(bench.db, target.workspaceId, target.importId)
  const seen = await bench.undo(target)
  expect(seen?.undone).toMatchObject({ events: said.events, customers: said.customers })
  return seen
}

async function knownIn(workspaceId: string): Promise<string[]> {
  const found = await bench.db.execute<{ value: string }>(
    sql`select value from identifiers where workspace_id = ${workspaceId} order by value`,
  )
  return found.rows.map(({ value }) => value)
}

async function idOf(workspaceId: string, value: string): Promise<string> {
  const found = await bench.db.execute<{ id: string }>(
    sql`select customer_id as id from identifiers where workspace_id = ${workspaceId} and value = ${value}`,
  )
  return found.rows[0]?.id ?? ''
}

/** An ended enrollment that one of somebody's events began; unless told, one that the import knows nothing of. */
async function enroll(workspaceId: string, who: string, event: 'imported' | 'own'): Promise<void> {
  const began = sql`
    select customer_id, id as event_id from events where customer_id = ${await idOf(workspaceId, who)}::uuid
      and (import_id is not null) = ${event === 'imported'} order by id limit 1`
  await bench.enroll(workspaceId, began, 'completed')
}

test('the addresses that an import made up go with it, and what was said otherwise too stays', async () => {
  const workspaceId = 'addresses'
  for (const who of ['aa5', 'bea', 'cid']) await bench.say(workspaceId, [external(who)])
  const target = await bring(workspaceId, rowsOf('aa5', 'bea', 'cid', 'dan', 'eve'), invented)
  expect(await knownIn(workspaceId)).toContain('aa5@example.test')
  await bench.say(workspaceId, [external('bea'), email('bea@example.test')])
  await bench.say(workspaceId, [external('dan')])
  const { undone, customersKept } = (await undo(target)) ?? {}
  expect(await knownIn(workspaceId)).toEqual(['aa5', 'bea', 'bea@example.test', 'cid', 'dan'])
  expect(customersKept).toBe(1)
  expect(undone).toMatchObject({ identifiers: 3, customers: 1 })
})

test('whoever has an address gets none made up, and a made-up one that is taken joins nobody', async () => {
  const workspaceId = 'invented'
  await bench.say(workspaceId, [external('ann'), email('ann@home.test')])
  await bench.say(workspaceId, [external('bob'), email('col@example.test')])
  await bring(workspaceId, rowsOf('ann', 'bob', 'col', 'dan'), invented)
  expect(await knownIn(workspaceId)).toEqual([
    'ann',
    'ann@home.test',
    'bob',
    'col',
    'col@example.test',
    'dan',
    'dan@example.test',
  ])
})

test('what two imports say goes with the later undo, and who stays can still be recognised', async () => {
  const workspaceId = 'both'
  await bench.say(workspaceId, [external('ann')])
  const first = await bring(workspaceId, rowsOf('ann'), invented)
  const second = await bring(workspaceId, rowsOf('ann', 'bob'), invented)
  await enroll(workspaceId, 'bob', 'imported')
  await undo(first)
  expect(await knownIn(workspaceId)).toContain('ann@example.test')
  expect(await undo(second)).toMatchObject({ customersKept: 1 })
  expect(await knownIn(workspaceId)).toEqual(['ann', 'bob'])
})

test('an address that the API states while an undo removes it is not lost', async () => {
  const workspaceId = 'race'
  await bench.say(workspaceId, [external('ann')])
  await bring(workspaceId, rowsOf('ann'), invented)
  const said = await bench.db.transaction(async (tx) => {
    await tx.execute(sql`select ${identityLock('exclusive', workspaceId)}`)
    const waiting = bench.say(workspaceId, [external('ann'), email('ann@example.test')])
    await new Promise((resolve) => setTimeout(resolve, 300))
    await tx.execute(
      sql`delete from identifiers where workspace_id = ${workspaceId} and value = 'ann@example.test'`,
    )
    return { waiting }
  })
  await said.waiting
  expect(await knownIn(workspaceId)).toEqual(['ann', 'ann@example.test'])
})

const consentsIn = async (workspaceId: string) => {
  const found = await bench.db.execute<{ who: string; state: string }>(sql`
    select i.value as who, k.state from consents k
    join identifiers i on i.customer_id = k.customer_id and i.type = 'external_id'
    where k.workspace_id = ${workspaceId} order by 1`)
  return Object.fromEntries(found.rows.map(({ who, state }) => [who, state]))
}

test('consents of an import go whoever has them, with a line in their history, unless changed since', async () => {
  const workspaceId = 'consents'
  const agreed = { channel: 'email', topic: '', state: 'granted' as const, source: 'form' }
  for (const who of ['ann', 'bob', 'cid', 'dan']) await bench.say(workspaceId, [external(who)])
  await bench.say(workspaceId, [external('dan')], { consents: [{ ...agreed, state: 'revoked' }] })
  const people = rowsOf('ann', 'bob', 'cid', 'dan', 'eve')
  const target = await bring(workspaceId, people, { consentEmail: { source: 'made up' } })
  await enroll(workspaceId, 'ann', 'own')
  await changeConsent(bench.db, workspaceId, await idOf(workspaceId, 'bob'), { ...agreed, state: 'revoked' })
  await bench.say(workspaceId, [external('cid')], { consents: [{ ...agreed, source: 'made up' }] })
  expect((await undo(target))?.undone).toMatchObject({ consents: 1, customers: 1 })
  expect(await consentsIn(workspaceId)).toEqual({ bob: 'revoked', cid: 'granted', dan: 'revoked' })
  const history = await bench.db.execute(sql`
    select state, source from consent_changes where customer_id = ${await idOf(workspaceId, 'ann')}::uuid order by at`)
  expect(history.rows).toEqual([
    { state: 'granted', source: 'made up' },
    { state: 'revoked', source: 'import_undone' },
  ])
  const theirs = await bench.db.execute(sql`
    select state from consent_changes where customer_id = ${await idOf(workspaceId, 'bob')}::uuid order by at`)
  expect(theirs.rows).toEqual([{ state: 'granted' }, { state: 'revoked' }])
})

test('of those who have been in a journey only the events stay that a path rests on, and they are counted', async () => {
  const workspaceId = 'events'
  for (const who of ['own', 'began', 'woke', 'left']) await bench.say(workspaceId, [external(who)])
  const people = ['own', 'began', 'woke', 'left']
  const target = await bring(workspaceId, rowsOf(...people, ...people, ...people), {})
  await enroll(workspaceId, 'began', 'imported')
  for (const who of ['own', 'woke', 'left']) await enroll(workspaceId, who, 'own')
  const inputs = {
    woke: sql`jsonb_build_object('type', 'event', 'event', jsonb_build_object('id', e.id::text))`,
    left: sql`jsonb_build_object('type', 'leave', 'reason', 'exit_rule', 'eventId', e.id::text)`,
  }
  for (const [who, input] of Object.entries(inputs))
    await bench.db.execute(sql`
      insert into steps (enrollment_id, seq, workspace_id, version_id, node, kind, visit, entered_at, left_at, status,
        reads, input, hash)
      select n.id, 1, n.workspace_id, n.version_id, 'n', 'wait_event', 1, now(), now(), 'done', '[]', ${input}, ''
      from enrollments n join events e on e.customer_id = n.customer_id and e.import_id is not null
      where n.customer_id = ${await idOf(workspaceId, who)}::uuid order by e.id limit 1`)
  expect((await undo(target))?.undone).toMatchObject({ events: 9, eventsKept: 3 })
  const left = await bench.db.execute<{ who: string }>(sql`
    select i.value as who from events e join identifiers i using (customer_id)
    where e.import_id = ${target.importId}::uuid order by 1`)
  expect(left.rows.map(({ who }) => who)).toEqual(['began', 'left', 'woke'])
})

test('an attribute that is said again since, be it with the same value, stays', async () => {
  const workspaceId = 'attributes'
  const people = ['api', 'member', 'journey', 'cleared', 'other', 'nobody']
  for (const who of people) await bench.say(workspaceId, [external(who)], { traits: { city: 'Rome' } })
  const towns = { attributes: [{ column: 3, name: 'city', type: 'text' }], properties: [] }
  const rows = people.map((who) => `${who} 1 19970101 Nice 1\n`).join('')
  const target = await bring(workspaceId, rows, towns)
  const patch = { city: 'Nice' }
  await bench.say(workspaceId, [external('api')], { traits: patch })
  await bench.say(workspaceId, [external('other')], { traits: { tier: 'gold' } })
  await bench.say(workspaceId, [external('cleared')], { traits: { city: null } })
  await noteSaidByMember(bench.db, await idOf(workspaceId, 'member'), patch)
  const client = await bench.pool.connect()
  await noteSaidByJourney(client, await idOf(workspaceId, 'journey'), JSON.stringify(patch), [])
  client.release()
  expect((await undo(target))?.undone).toMatchObject({ restored: 2, changedSince: 4 })
  const found = await bench.db.execute<{ who: string; city: string | null }>(sql`
    select i.value as who, c.attributes ->> 'city' as city from customers c
    join identifiers i on i.customer_id = c.id where c.workspace_id = ${workspaceId}`)
  expect(Object.fromEntries(found.rows.map(({ who, city }) => [who, city]))).toEqual({
    api: 'Nice',
    member: 'Nice',
    journey: 'Nice',
    cleared: null,
    other: 'Rome',
    nobody: 'Rome',
  })
})
