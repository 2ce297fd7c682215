import { until } from '@tropa/worker/testing'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { fileForm } from '../testing/file-form.ts'
import { entryToExit } from '../testing/graph.ts'
import { publishJourney } from '../testing/publish-journey.ts'
import { withEngine } from '../testing/with-engine.ts'
import { type AppUnderTest, type Caller, openApp, workspace } from '../testing.ts'

let databaseUrl: string
let api: AppUnderTest
let owner: Caller
let analyst: Caller
let at: (path: string) => string

withEngine(async (opened, url) => {
  api = opened
  databaseUrl = url
  const made = await workspace(api, ['owner', 'analyst'])
  owner = made.members.owner
  analyst = made.members.analyst
  at = made.at
})

const mapping = {
  event: { name: 'order' },
  customer: { column: 0, identifier: 'external_id' },
  time: { column: 2, format: 'YYYYMMDD', zone: 'UTC' },
  properties: [{ column: 4, name: 'total', type: 'number' }],
}

const lines = (n: number, days = 28) =>
  Array.from(
    { length: n },
    (_, index) =>
      ` ${String(index).padStart(5, '0')} 1 199701${String(1 + (index % days)).padStart(2, '0')} 1 ${index}.5`,
  ).join('\r\n')

function upload(who: Caller, text: string | Buffer, field = 'file') {
  const { body, headers } = fileForm(text, { name: 'журнал.txt', field, type: 'text/plain' })
  return who.call('POST', at('/imports'), body, headers)
}

async function settle(id: string, isSettled: (job: { status: string }) => boolean, ms = 30_000) {
  const patience = Date.now() + ms
  for (;;) {
    const { body } = await owner.call('GET', at(`/imports/${id}`))
    if (isSettled(body)) return body
    if (Date.now() > patience) throw new Error(`The import stays ${JSON.stringify(body)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const ended = ({ status }: { status: string }) => ['done', 'failed', 'undone', 'stopped'].includes(status)

test('a file is uploaded, understood, mapped with a preview, run by the worker and taken back', async () => {
  const uploaded = await upload(owner, lines(300))
  expect(uploaded.status).toBe(201)
  expect(uploaded.body).toMatchObject({
    fileName: 'журнал.txt',
    status: 'uploaded',
    format: { separator: 'whitespace', header: false },
  })
  const id = uploaded.body.id
  const refused = await owner.call('POST', at(`/imports/${id}/start`))
  expect([refused.status, refused.body.code]).toEqual([422, 'import_mapping_wrong'])
  const changed = await owner.call('PATCH', at(`/imports/${id}`), { mapping, mode: 'history' })
  expect(changed.status).toBe(200)
  expect(changed.body.preview).toHaveLength(20)
  expect(changed.body.preview[0]).toEqual({
    line: 1,
    ok: true,
    customer: '00000',
    event: 'order',
    time: '1997-01-01T12:00:00.000Z',
    properties: { total: 0.5 },
    error: null,
  })
  expect((await owner.call('POST', at(`/imports/${id}/start`))).status).toBe(200)
  const done = await settle(id, ended)
  expect(done).toMatchObject({ status: 'done', rowsStored: 300, customersCreated: 300 })
  expect((await owner.call('POST', at(`/imports/${id}/start`))).body.code).toBe('import_state_wrong')
  expect((await owner.call('POST', at(`/imports/${id}/undo`))).body.status).toBe('undoing')
  expect(await settle(id, ended)).toMatchObject({
    status: 'undone',
    customersKept: 0,
    finishedAt: done.finishedAt,
  })
  const again = (await upload(owner, lines(300))).body
  expect([again.status, again.rowsStored]).toEqual(['uploaded', 0])
  expect(again.mapping, 'the choices of the import that was taken back').toMatchObject(mapping)
  expect((await upload(owner, lines(299))).body.mapping, 'of another file').toEqual({})
  const left = await api.deps.db.execute(sql`select 1 from events where import_id = ${id}::uuid`)
  expect(left.rowCount).toBe(0)
})

test('rejected rows come as a list and as a file that no spreadsheet runs', async () => {
  const { body } = await upload(owner, `=1+1 1 19971301 1 2\n@x 1 19970101 1 many\n${lines(3)}`)
  await owner.call('PATCH', at(`/imports/${body.id}`), { mapping })
  await owner.call('POST', at(`/imports/${body.id}/start`))
  await settle(body.id, ended)
  const first = await owner.call('GET', at(`/imports/${body.id}/errors?limit=1`))
  expect(first.body.items).toMatchObject([
    { line: 1, code: 'time_wrong', detail: { ru: expect.any(String) } },
  ])
  const rest = await owner.call('GET', at(`/imports/${body.id}/errors?cursor=${first.body.next}`))
  expect(rest.body.items.map(({ line }: { line: number }) => line)).toEqual([2])
  const csv = await owner.call('GET', at(`/imports/${body.id}/errors.csv`))
  expect(csv.body).toContain(`,'=1+1 1 19971301 1 2\r\n`)
  expect(csv.body).toContain(`,'@x 1 19970101 1 many\r\n`)
})

test('a fast clock is paused, stands still, goes on and is stopped', async () => {
  const { body } = await upload(owner, lines(56))
  const id = body.id
  const caughtUp = () =>
    api.deps.pool
      .query(
        `select 1 from clocks where import_id = $1
         and fed_until >= date_trunc('milliseconds', virtual_start + (paused_at - real_start) * scale)`,
        [id],
      )
      .then(({ rowCount }) => rowCount === 1)
  await owner.call('PATCH', at(`/imports/${id}`), { mapping, mode: 'compressed', secondsPerDay: 0.4 })
  await owner.call('POST', at(`/imports/${id}/start`))
  await settle(id, (job) => 'eventsFed' in job && Number(job.eventsFed) > 4)
  expect((await owner.call('POST', at(`/imports/${id}/pause`))).body.status).toBe('paused')
  await until(caughtUp)
  const held = (await owner.call('GET', at(`/imports/${id}`))).body
  expect(held.eventsFed).toBeLessThan(56)
  const still = (await owner.call('GET', at(`/imports/${id}`))).body
  expect([still.eventsFed, still.virtualNow]).toEqual([held.eventsFed, held.virtualNow])
  await owner.call('POST', at(`/imports/${id}/resume`))
  await settle(id, (job) => 'eventsFed' in job && Number(job.eventsFed) > still.eventsFed)
  expect((await owner.call('POST', at(`/imports/${id}/stop`))).body.status).toBe('stopped')
  expect((await owner.call('GET', at(`/imports/${id}`))).body.eventsFed).toBeLessThan(56)
  const left = await api.deps.pool.query('select 1 from feed where import_id = $1', [id])
  expect(left.rowCount).toBe(0)
}, 40_000)

test('the check says which journeys begin with the event of the file, and that a paused one lets nobody in', async () => {
  const { body } = await upload(owner, lines(3))
  const told = { mapping: { ...mapping, event: { name: 'visit' } }, mode: 'compressed', secondsPerDay: 1 }
  const first = (await owner.call('PATCH', at(`/imports/${body.id}`), told)).body
  expect(first.reach).toEqual([{ event: 'visit', begins: [], awaited: [] }])
  expect(first.silent).toEqual(first.warnings[0])
  expect(first.warnings[0].en).toMatch(/^No live journey begins with “visit”/)
  const check = async () => (await owner.call('GET', at(`/imports/${body.id}`))).body
  const visitors = { name: 'Visitors', graph: entryToExit('visit') }
  const journeyId = await publishJourney(owner, at, visitors)
  const live = await check()
  expect(live.extent).toEqual({
    rows: 3,
    counted: true,
    from: '1997-01-01T12:00:00.000Z',
    until: '1997-01-03T12:00:00.000Z',
  })
  const stored = await owner.call('PATCH', at(`/imports/${body.id}`), { mode: 'history' })
  expect([stored.body.reach, stored.body.silent]).toEqual([[], null])
  expect(stored.body.couldEnter, 'whom history keeps waiting').toMatchObject([{ name: 'Visitors' }])
  await owner.call('PATCH', at(`/imports/${body.id}`), { mode: 'compressed' })
  expect(live.reach[0].begins).toEqual([{ journeyId, name: 'Visitors', paused: false }])
  expect(JSON.stringify(live.warnings)).not.toContain('No live journey')
  expect(live.silent).toBeNull()
  await owner.call('POST', at(`/journeys/${journeyId}/pause`), {})
  const paused = await check()
  expect(paused.couldEnter).toEqual([])
  expect(paused.reach[0].begins[0].paused).toBe(true)
  expect(paused.warnings[0].en).toMatch(/^Only “Visitors” begins with “visit”, and it is paused/)
})

test('a fast clock says when it only runs out: nobody is inside, and no row to come lets anybody in', async () => {
  const { body } = await upload(owner, '00001 1 19970101 1 5\n00002 1 19970103 1 5\n00001 1 19981231 1 5\n')
  const told = { mapping: { ...mapping, event: { name: 'stroll' } }, mode: 'compressed', secondsPerDay: 0.2 }
  await publishJourney(owner, at, { name: 'Strollers', graph: entryToExit('stroll') })
  await owner.call('PATCH', at(`/imports/${body.id}`), told)
  await owner.call('POST', at(`/imports/${body.id}/start`))
  const early = await settle(body.id, (job) => 'virtualNow' in job && job.virtualNow !== null)
  if (Number(early.eventsFed) < 2) expect(early.emptied).toBe(false)
  const emptied = await settle(body.id, (job) => 'emptied' in job && job.emptied === true)
  expect(emptied).toMatchObject({ status: 'running', eventsFed: 2, rowsStored: 3 })
  expect(emptied.journeys).toMatchObject([{ name: 'Strollers', entered: 2, inside: 0 }])
  await owner.call('POST', at(`/imports/${body.id}/stop`))
  expect((await owner.call('GET', at(`/imports/${body.id}`))).body.emptied).toBe(false)
}, 40_000)

test('a mapping that names a column the file does not have is refused at once, with those there are', async () => {
  const { body } = await upload(owner, 'id,date,total\n1,2026-01-05,5\n2,2026-01-06,7\n')
  const map = (column: unknown) =>
    owner.call('PATCH', at(`/imports/${body.id}`), {
      mapping: { ...mapping, time: { column }, properties: [] },
    })
  for (const [column, name] of [
    [6, '7'],
    ['totl', '“totl”'],
  ]) {
    const refused = await map(column)
    expect([refused.status, refused.body.code]).toEqual([422, 'import_mapping_wrong'])
    expect(refused.body.detail.en).toBe(
      `The file has no column ${name}. It has 3: 1 “id”, 2 “date”, 3 “total”. Choose from these by number.`,
    )
    expect(refused.body.issues[0].path).toBe('mapping.time.column')
  }
  expect((await owner.call('GET', at(`/imports/${body.id}`))).body.mapping).toEqual({})
})

test('a file of a header alone is told to have no rows, before and after it is mapped', async () => {
  const { body, status } = await upload(owner, 'id,date,total\n')
  expect([status, body.format.header]).toEqual([201, true])
  const drafted = await owner.call('GET', at(`/imports/${body.id}`))
  expect(drafted.body.warnings[0].en).toMatch(/^The file has no rows/)
  const mapping = {
    event: { name: 'order' },
    customer: { column: 0, identifier: 'external_id' },
    time: { column: 1 },
  }
  const mapped = await owner.call('PATCH', at(`/imports/${body.id}`), { mapping })
  expect(mapped.body.warnings).toHaveLength(1)
  expect(mapped.body.warnings[0].ru).toMatch(/^В файле нет строк/)
})

test('what is no table, has no file or comes from a reader is refused', async () => {
  expect((await upload(owner, 'PK\u0003\u0004\u0000\u0000')).body.code).toBe('import_file_wrong')
  const utf16 = await upload(owner, Buffer.from('\ufeffid,date\n1,2026-01-05\n', 'utf16le'))
  expect([utf16.status, utf16.body.detail.en]).toEqual([
    422,
    expect.stringMatching(/UTF-16.*Save it as UTF-8/),
  ])
  expect((await upload(owner, 'a,b', 'other')).body.code).toBe('import_file_wrong')
  const noUpload = await owner.call('POST', at('/imports'), '{}')
  expect([noUpload.status, noUpload.body.code]).toEqual([415, 'wrong_media_type'])
  expect(noUpload.body.detail.en).toMatch(/multipart\/form-data.*field “file”/)
  const noField = await upload(owner, 'a,b', 'other')
  expect(noField.body.detail.en).toMatch(/holds no file.*field “file”/)
  expect((await upload(analyst, lines(3))).body.code).toBe('not_allowed')
  const left = await api.deps.db.execute(
    sql`select 1 from file_chunks where file_id not in (select file_id from imports)`,
  )
  expect(left.rowCount).toBe(0)
})

test('an error inside a run is tried again, and nothing of the file reaches Temporal', async () => {
  await api.deps.db.execute(sql`alter table events add constraint boom check (name <> 'boom')`)
  const { body } = await upload(owner, 'canary-7f3 1 19970101 1 5\n')
  await owner.call('PATCH', at(`/imports/${body.id}`), { mapping: { ...mapping, event: { name: 'boom' } } })
  await owner.call('POST', at(`/imports/${body.id}/start`))
  const handle = api.deps.engine.client().workflow.getHandle(`import-run-${body.id}`)
  const failed = async () => JSON.stringify((await handle.describe()).raw.pendingActivities ?? [])
  const patience = Date.now() + 20_000
  while (!(await failed()).includes('import_interrupted') && Date.now() < patience)
    await new Promise((resolve) => setTimeout(resolve, 50))
  const told = await failed()
  expect(told).toContain('import_interrupted')
  expect(told).not.toContain('canary')
  await api.deps.db.execute(sql`alter table events drop constraint boom`)
  expect(await settle(body.id, ended)).toMatchObject({ status: 'done', rowsStored: 1 })
}, 60_000)

test('when Temporal is away the import stays ready to start', async () => {
  const lonely = await openApp(databaseUrl)
  try {
    const { body } = await upload(owner, lines(5))
    await owner.call('PATCH', at(`/imports/${body.id}`), { mapping })
    const { startImport } = await import('../ingest/control-import.ts')
    const { findImport } = await import('@tropa/db/imports')
    const row = await findImport(lonely.deps.db, at('').split('/')[3] ?? '', body.id)
    if (!row) throw new Error('The import is missing')
    const written: unknown[] = []
    const by = {
      memberId: owner.userId,
      record: async (_: unknown, detail: unknown) => void written.push(detail),
    }
    await expect(startImport(lonely.deps, row, by)).rejects.toMatchObject({ code: 'temporal_unavailable' })
    expect((await owner.call('GET', at(`/imports/${body.id}`))).body.status).toBe('uploaded')
    expect(written).toEqual([{ status: 'running' }, { status: 'uploaded' }])
  } finally {
    await lonely.stop()
  }
})
