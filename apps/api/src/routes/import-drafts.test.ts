import { expect, test } from 'vitest'
import { type OwnersImports, ordersMapping, withImports } from '../testing/with-imports.ts'

let imports: OwnersImports

withImports((opened) => {
  imports = opened
})

const mapping = { ...ordersMapping, properties: [{ column: 2, name: 'total', type: 'number' }] }

test.each([
  [{ secondsPerDay: 0 }, 'secondsPerDay', /seconds a day takes.*from 0\.2 to 60/],
  [{ mode: 'replay' }, 'mode', /“history”, “live” or “compressed”/],
  [
    { mapping: { ...mapping, time: { column: 1, zone: 'Mars/Phobos' } } },
    'mapping.time.zone',
    /no such time zone/,
  ],
  [
    { mapping: { ...mapping, time: { column: 1, format: 'YYMMDD' } } },
    'mapping.time.format',
    /Choose one of: auto/,
  ],
  [
    { mapping: { ...mapping, customer: { column: 0, identifier: 'name' } } },
    'mapping.customer',
    /who the customer is/,
  ],
  [{ mapping: { ...mapping, event: { name: '$order' } } }, 'mapping.event', /no usable name/],
  [
    { mapping: { ...mapping, emailAddress: { pattern: 'shop@example.test' } } },
    'mapping.emailAddress',
    /names no customer/,
  ],
  [
    { mapping: { ...mapping, emailAddress: { pattern: '{external_id}@test' } } },
    'mapping.emailAddress',
    /no address or names no customer/,
  ],
  [{ format: { separator: '|' } }, 'format.separator', /cannot be read this way/],
])('a change %j is refused with what is wrong with it', async (change, path, sentence) => {
  const id = await imports.upload('id,day,total\na,1997-01-01,5\n')
  const { status, body } = await imports.change(id, change)
  expect([status, body.code]).toEqual([422, 'import_mapping_wrong'])
  expect(body.issues[0].path).toContain(path)
  expect(body.detail.en).toMatch(sentence)
  expect(body.detail.ru).toMatch(/[а-яё]/)
})

test('a date that is not recognised by itself is told so, without the name of a setting', async () => {
  const id = await imports.upload('id,day,total\na,first of May,5\nb,1997-01-01,6\n')
  const { body } = await imports.change(id, { mapping })
  expect(body.preview[0].error.en).toMatch(/“first of May” is not a date that is recognised by itself/)
  expect(JSON.stringify(body.preview[0].error)).not.toContain('auto')
})

test('rows between two stray quotation marks are read, and the marks pointed out with their lines', async () => {
  const id = await imports.upload(
    'id,day,total\na,1997-01-01,5\nb,1997-01-02,"6\nc,1997-01-03,7\nd,1997-01-04,8"\n',
  )
  const { body } = await imports.change(id, { mapping, mode: 'history' })
  expect(body.warnings[0].en).toMatch(/opens a cell in line 3 and closes only in line 5/)
  expect(body.warnings[0].ru).toMatch(/В строке 3 .* в строке 5/)
  expect(body.preview.map((row: { line: number; ok: boolean }) => [row.line, row.ok])).toEqual([
    [2, true],
    [3, false],
    [4, true],
    [5, false],
  ])
  const notes = await imports.upload('id,day,total\na,1997-01-01,"5\nin May, in June, in July"\n')
  const hint = await imports.change(notes, { mapping, mode: 'history' })
  expect(hint.body.warnings[0].en).toMatch(/^Lines 2–3 are read as one row/)
  const whole = await imports.upload('id,day,total\na,1997-01-01,5\nb,1997-01-02,"6"\n')
  const right = await imports.change(whole, { mapping, mode: 'history' })
  expect(right.body.warnings).toEqual([])
})

test('only a run on a fast clock that goes on has a speed to change', async () => {
  const id = await imports.upload('id,day,total\na,1997-01-01,5\n')
  const { pool, owner, at } = imports
  const change = (secondsPerDay: number) => owner.call('POST', at(`/imports/${id}/pace`), { secondsPerDay })
  await imports.change(id, { mapping, mode: 'compressed', secondsPerDay: 1 })
  expect((await change(2)).body.code).toBe('import_state_wrong')
  await pool.query(`update imports set status = 'running' where id = $1`, [id])
  expect((await change(2)).body).toMatchObject({ status: 'running', secondsPerDay: 2 })
  const wrong = await change(0)
  expect([wrong.status, wrong.body.detail.en]).toEqual([422, expect.stringContaining('from 0.2 to 60')])
  await pool.query(`update imports set mode = 'live' where id = $1`, [id])
  expect((await change(3)).body.code).toBe('import_state_wrong')
})

test('a run says how fast it really goes, which days it spans, and whom it lets into which journey', async () => {
  const id = await imports.upload('id,day,total\na,1997-01-01,5\n')
  await imports.change(id, { mapping, mode: 'compressed', secondsPerDay: 0.4 })
  const { pool, workspaceId } = imports
  await pool.query(`update imports set status = 'running', rows_total = 1 where id = $1`, [id])
  const clock = await pool.query(
    `insert into clocks (workspace_id, import_id, real_start, virtual_start, last_at, scale, fed_until, stood_ms)
     values ($1, $2, now() - interval '10 s', '1997-01-01Z', '1997-04-10Z', 86400 / 0.4, '1997-01-01Z', 30000) returning id`,
    [workspaceId, id],
  )
  const journey = await pool.query(
    `insert into journeys (workspace_id, name, draft, status) values ($1, 'Second order', '{}', 'live') returning id`,
    [workspaceId],
  )
  const journeyId = journey.rows[0].id
  for (const status of ['active', 'completed'])
    await pool.query(
      `insert into enrollments (workspace_id, journey_id, version_id, customer_id, entry_key, entry_node,
         entry_event_id, state, salt, head_hash, entered_at, clock_id, status)
       values ($1, $2, gen_random_uuid(), gen_random_uuid(), '', 'n', 1, '{}', '', '', now(), $3, $4)`,
      [workspaceId, journeyId, clock.rows[0].id, status],
    )
  const { body } = await imports.see(id)
  expect(body.realSecondsPerDay).toBeGreaterThan(1.5)
  expect(body.realSecondsPerDay).toBeLessThan(1.7)
  expect([body.virtualFrom, body.virtualUntil]).toEqual([
    '1997-01-01T00:00:00.000Z',
    '1997-04-10T00:00:00.000Z',
  ])
  expect(body.journeys).toEqual([{ journeyId, name: 'Second order', paused: false, entered: 2, inside: 1 }])
  await pool.query(
    `update clocks set stood_ms = 0, real_start = now() - interval '1 s' where import_id = $1`,
    [id],
  )
  const early = await imports.see(id)
  expect(early.body.realSecondsPerDay, 'too early to tell').toBeNull()
})

test('a separator that makes more columns than a file may have is refused, as the file itself would be', async () => {
  const id = await imports.upload(`id;day\na${',b'.repeat(1_200)};1997-01-01\n`)
  const refused = await imports.change(id, { format: { separator: ',' } })
  expect([refused.status, refused.body.code]).toEqual([422, 'import_file_wrong'])
})
