import { expect, test } from 'vitest'
import { entryToExit } from '../testing/graph.ts'
import { publishJourney } from '../testing/publish-journey.ts'
import { type OwnersImports, ordersMapping, withImports } from '../testing/with-imports.ts'

let imports: OwnersImports

withImports((opened) => {
  imports = opened
})

const file = 'id,day\na,1997-01-01\na,1997-01-02\nb,1997-01-03\n'

const upload = (text = file) => imports.upload(text)
const change = async (id: string, what: object) =>
  (await imports.change(id, { mapping: ordersMapping, ...what })).body

/** What the importer would leave of an import that ran to its end. */
async function runBy(id: string, counts: { stored: number; fed: number }) {
  await imports.pool.query(
    `update imports set status = 'done', rows_stored = $2, events_fed = $3 where id = $1`,
    [id, counts.stored, counts.fed],
  )
}

const compressed = { mode: 'compressed', secondsPerDay: 1 }

test('a file whose rows are stored says before a fast clock that they will stand twice, and what an undo takes', async () => {
  const first = await upload()
  await change(first, { mode: 'history' })
  await runBy(first, { stored: 1_203, fed: 0 })
  const again = await upload()
  const [told] = (await change(again, compressed)).warnings
  expect(told.en).toMatch(/1,203 of its events are stored.*twice.*“test”.*Undoing this import/)
  expect(told.ru).toMatch(/1\u00a0203.*дважды.*«тест».*Отмена этого импорта/)
  const [plain] = (await change(again, { mode: 'history' })).warnings
  expect(plain.en).toMatch(/recognised and not stored twice/)
  await imports.pool.query(`update imports set status = 'undone' where id = $1`, [first])
  expect(JSON.stringify((await change(again, compressed)).warnings)).not.toContain('1,203')
})

test('a file that a fast clock has played says that its test events are still there', async () => {
  const text = `${file}c,1997-02-01\n`
  const first = await upload(text)
  await change(first, compressed)
  await runBy(first, { stored: 4, fed: 4 })
  const again = await upload(text)
  expect((await change(again, compressed)).warnings[0].en).toMatch(
    /^A fast clock has played this file before: 4/,
  )
  expect((await change(again, { mode: 'history' })).warnings[0].en).toMatch(/stored now stands beside them/)
})

test('the check says how many customers the file names and how many of them are known', async () => {
  const id = await upload('id,day\nnew,1997-01-01\nknown,1997-01-02\nknown,1997-01-03\n')
  expect((await change(id, {})).people).toEqual({ customers: 2, known: 0 })
  const { owner, at } = imports
  await owner.call('POST', at('/customers'), { identifiers: [{ type: 'external_id', value: 'known' }] })
  expect((await change(id, {})).people).toEqual({ customers: 2, known: 1 })
})

test('what can be changed on an earlier step names that step', async () => {
  const { warnings } = await change(await upload(`${file}d,1997-02-01\n`), compressed)
  expect(warnings).toContainEqual(
    expect.objectContaining({ en: expect.stringContaining('no email address'), step: 'mode' }),
  )
})

/** History that ended, of such events. */
async function endedHistory(rows: string, event: object) {
  const id = await upload(`${file}${rows}`)
  await change(id, { mode: 'history', mapping: { ...ordersMapping, event } })
  await runBy(id, { stored: 1, fed: 0 })
  const { owner, at, pool, workspaceId } = imports
  return {
    look: async () => (await imports.see(id)).body.couldEnter,
    /** What the importer would have stored: such an event of a customer. */
    async store(name: string) {
      const identifiers = [{ type: 'external_id', value: `${id} ${name}` }]
      const { body } = await owner.call('POST', at('/customers'), { identifiers })
      await pool.query(
        `insert into events (workspace_id, customer_id, name, properties, occurred_at, source, message_id, body_hash, import_id)
         values ($1, $2, $3, '{}', now(), 'import', $4, '', $5)`,
        [workspaceId, body.id, name, `${id} ${name}`, id],
      )
    },
  }
}

test('history that ended names the live journeys that begin with its events and let nobody in', async () => {
  const { owner, at } = imports
  const journeyId = await publishJourney(owner, at, { name: 'Visitors', graph: entryToExit('visit') })
  const { look, store } = await endedHistory('e,1997-02-01\n', { name: 'visit' })
  expect(await look(), 'nothing is stored').toEqual([])
  await store('visit')
  expect(await look()).toEqual([{ journeyId, name: 'Visitors', paused: false }])
  const orders = await endedHistory('f,1997-02-01\n', { name: 'order' })
  await orders.store('order')
  expect(await orders.look(), 'no journey begins with it').toEqual([])
})

test('history whose events are named in a column names the journeys that begin with what it has stored', async () => {
  const { owner, at } = imports
  const begins = (name: string, event: string) =>
    publishJourney(owner, at, { name, graph: entryToExit(event) })
  const climbers = await begins('Climbers', 'climb')
  const divers = await begins('Divers', 'dive')
  await begins('Runners', 'run')
  const { look, store } = await endedHistory('g,1997-02-01\n', { column: 0 })
  expect(await look()).toEqual([])
  for (const name of ['climb', 'dive', 'swim']) await store(name)
  const found: { journeyId: string }[] = await look()
  expect(found.map(({ journeyId }) => journeyId).sort()).toEqual([climbers, divers].sort())
})
