import { findConnection, markWorking } from '@tropa/db/connections'
import { engineCalls } from '@tropa/db/engine-calls'
import { describe, expect, it } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, workspace } from '../testing.ts'

let test: AppUnderTest
let shop: Awaited<ReturnType<typeof workspace>>

withApp(async (opened) => {
  test = opened
  shop = await workspace(test)
})

const config = { host: 'smtp.example.com', port: 587, user: 'shop', fromAddress: 'shop@example.com' }
const secrets = { password: 'canary-password-9876' }
const call = (method: string, path: string, body?: unknown) =>
  shop.members.owner.call(method, shop.at(path), body)

describe('a connection', () => {
  it('keeps its secrets sealed, shows their end, and keeps them when others change', async () => {
    const made = await call('POST', '/connections', { connector: 'smtp', name: 'Provider', config, secrets })
    expect(made.status).toBe(201)
    expect(made.body.secrets).toEqual({ password: { isSet: true, lastFour: '9876' } })
    const changed = await call('PATCH', `/connections/${made.body.id}`, {
      config: { ...config, port: 465 },
      secrets: { password: '' },
    })
    expect(changed.body).toMatchObject({ config: { port: 465 }, secrets: { password: { lastFour: '9876' } } })
    const listed = await call('GET', '/connections')
    expect(JSON.stringify(listed.body)).not.toContain('canary')
    const dump = await test.deps.pool.query('select * from connections')
    expect(JSON.stringify(dump.rows)).not.toContain('canary')
  })

  it('moved to another row does not open', async () => {
    const [a, b] = await Promise.all(
      ['A', 'B'].map((name) => call('POST', '/connections', { connector: 'smtp', name, config, secrets })),
    )
    await test.deps.pool.query(
      'update connections set secrets = (select secrets from connections where id = $1) where id = $2',
      [a?.body.id, b?.body.id],
    )
    expect((await call('POST', `/connections/${b?.body.id}/test`, {})).status).toBe(500)
    await call('DELETE', `/connections/${b?.body.id}`)
  })

  it('that is wrong is refused with the fields to correct', async () => {
    const wrong = await call('POST', '/connections', {
      connector: 'smtp',
      name: 'X',
      config: { ...config, port: 0 },
    })
    expect(wrong.body).toMatchObject({ code: 'connection_wrong', issues: [{ path: 'port' }] })
    const { fromAddress: _, ...senderless } = config
    const silent = await call('POST', '/connections', { connector: 'smtp', name: 'X', config: senderless })
    expect(silent.body).toMatchObject({ code: 'connection_wrong', issues: [{ path: 'fromAddress' }] })
    const unknown = await call('POST', '/connections', {
      connector: 'smtp',
      name: 'X',
      config,
      secrets: { token: 'x' },
    })
    expect(unknown.body.issues).toEqual([{ path: 'secrets.token', message: 'No such secret' }])
  })

  it('becomes the one default, and the mailbox steps back but cannot be taken away', async () => {
    const made = await call('POST', '/connections', {
      connector: 'smtp',
      name: 'Main',
      config,
      isDefault: true,
    })
    const { items } = (await call('GET', '/connections')).body
    expect(items.filter(({ isDefault }: { isDefault: boolean }) => isDefault)).toMatchObject([
      { id: made.body.id },
    ])
    const mailbox = items.find(({ isMailbox }: { isMailbox: boolean }) => isMailbox)
    expect((await call('DELETE', `/connections/${mailbox.id}`)).body.code).toBe('connection_in_use')
    expect((await call('PATCH', `/connections/${mailbox.id}`, { config })).body.code).toBe(
      'connection_in_use',
    )
  })

  it('to an inside address is not dialled for a member', async () => {
    const made = await call('POST', '/connections', {
      connector: 'smtp',
      name: 'Inside',
      config: { ...config, host: '127.0.0.1', port: 5432 },
    })
    const tested = await call('POST', `/connections/${made.body.id}/test`, {})
    expect(tested.body).toMatchObject({
      ok: false,
      sentence: { en: expect.any(String), ru: expect.any(String) },
    })
    expect(tested.body.sentence.en).toMatch(/public|private|inside|network/i)
  })
})

describe('a template', () => {
  const template = { name: 'Letter', subject: 'Hi', body: '<p>Hello</p>', format: 'html' }

  it('with problems is kept but not usable, and the catalogue leaves it out', async () => {
    const made = await call('POST', '/templates', { ...template, body: '{{ custmer.name }}' })
    expect(made.body).toMatchObject({
      usable: false,
      problems: [{ code: 'unknown_root', field: 'body', line: 1 }],
    })
    expect((await call('GET', '/catalogue')).body.templates).toEqual([])
    expect((await call('POST', `/templates/${made.body.id}/test`, { to: 'a@example.test' })).body.code).toBe(
      'template_has_problems',
    )
    const mended = await call('PUT', `/templates/${made.body.id}`, { ...template, revision: 1 })
    expect(mended.body).toMatchObject({ usable: true, revision: 2, problems: [] })
    expect((await call('GET', '/catalogue')).body.templates).toMatchObject([{ name: 'Letter' }])
  })

  it('saved over a stale revision is refused with the present one', async () => {
    const { body } = await call('POST', '/templates', template)
    await call('PUT', `/templates/${body.id}`, { ...template, subject: 'First', revision: 1 })
    const stale = await call('PUT', `/templates/${body.id}`, { ...template, subject: 'Second', revision: 1 })
    expect(stale.body).toMatchObject({ code: 'version_conflict', current: { revision: 2, subject: 'First' } })
  })

  it('is warned of misspelt variables, with what was meant and where; what a customer has is known', async () => {
    const misspelt = { ...template, body: '<p>{{ workspace.name }}</p>\n<p>{{ customer.frist_name }}</p>' }
    const { body } = await call('POST', '/templates', misspelt)
    expect(body).toMatchObject({
      usable: true,
      problems: [],
      warnings: [{ code: 'unseen_variable', field: 'body', line: 2, variable: 'customer.frist_name' }],
    })
    expect(body.warnings[0].en).toContain('Did you mean {{ customer.first_name }}?')
    expect(body.warnings[0].ru).toContain('{{ customer.first_name }}?')
    const preview = await call('POST', '/templates/preview', misspelt)
    expect(preview.body.warnings).toEqual(body.warnings)
    await call('POST', '/customers', {
      identifiers: [{ type: 'email', value: 'ada@example.test' }],
      attributes: { frist_name: 'Ada' },
    })
    expect((await call('GET', `/templates/${body.id}`)).body.warnings).toEqual([])
  })

  it('is previewed whatever its variables are called, and the preview leaves nothing behind', async () => {
    const names = ['nodes.__proto__.left', 'nodes.constructor.name', 'customer.name', 'customer.name.first']
    for (const name of names) {
      const body = `<p>{{ customer.name }} {{ ${name} }}</p>`
      expect((await call('POST', '/templates/preview', { ...template, body })).status).toBe(200)
    }
    expect(Reflect.get({}, 'left')).toBeUndefined()
  })

  it('test without a running mailbox says so', async () => {
    const { body } = await call('POST', '/templates', template)
    const sent = await call('POST', `/templates/${body.id}/test`, { to: 'a@example.test' })
    expect([sent.status, sent.body.code]).toEqual([503, 'mailbox_unavailable'])
  })
})

describe('customers', () => {
  it('are one per identifier; attributes are set and cleared', async () => {
    const wanted = {
      identifiers: [{ type: 'email', value: 'Ann@Example.test' }],
      attributes: { city: 'Tver', vip: true },
    }
    const count = async () =>
      (await test.deps.pool.query('select count(*)::int as n from customers')).rows[0].n
    const before = await count()
    const made = await call('POST', '/customers', wanted)
    const twin = await call('POST', '/customers', {
      identifiers: [{ type: 'email', value: 'ann@example.test' }],
    })
    expect(twin.body.code).toBe('identifier_taken')
    expect(await count()).toBe(before + 1)
    const changed = await call('PATCH', `/customers/${made.body.id}`, {
      attributes: { city: null, visits: 3 },
    })
    expect(changed.body.attributes).toEqual({ vip: true, visits: 3 })
    const poisoned = await call(
      'PATCH',
      `/customers/${made.body.id}`,
      '{"attributes":{"__proto__":{"x":1},"constructor":"y"}}',
    )
    expect(poisoned.status).toBe(422)
  })

  it('are found by any beginning, and a percent sign is only a percent sign', async () => {
    await call('POST', '/customers', { identifiers: [{ type: 'external_id', value: '100%_off' }] })
    const found = (search: string) =>
      call('GET', `/customers?search=${encodeURIComponent(search)}`).then(({ body }) => body.items.length)
    expect(await Promise.all([found('100%'), found('%'), found('_'), found('ann@')])).toEqual([1, 0, 0, 1])
  })
})

it('the engine is called when a broken connection is mended or another becomes the default, and only then', async () => {
  const calls: string[] = []
  const listener = await test.deps.pool.connect()
  try {
    await listener.query(`listen ${engineCalls}`)
    listener.on('notification', ({ channel }) => calls.push(channel))
    const heard = async (work: () => Promise<unknown>) => {
      const before = calls.length
      await work()
      await listener.query('select 1')
      return calls.length > before
    }
    const { id } = (await call('POST', '/connections', { connector: 'smtp', name: 'P', config, secrets }))
      .body
    const change = (body: object) => heard(() => call('PATCH', `/connections/${id}`, body))
    const breakIt = () =>
      test.deps.pool.query('update connections set broken_since = now() where id = $1', [id])
    expect(await change({ config })).toBe(false)
    await breakIt()
    expect(await change({ name: 'Provider' })).toBe(false)
    expect(await change({ config })).toBe(true)
    await breakIt()
    const row = await findConnection(test.deps.db, shop.id, id)
    if (!row) throw new Error('The connection is gone')
    expect(await heard(() => markWorking(test.deps.db, row))).toBe(true)
    expect(await change({ isDefault: true })).toBe(true)
  } finally {
    listener.release(true)
  }
})
