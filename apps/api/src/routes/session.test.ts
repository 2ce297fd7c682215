import { insertAudit } from '@tropa/db/audit'
import { describe, expect, it } from 'vitest'
import { createDatabase } from '../../../../tests/setup/use-services.ts'
import { setupToken } from '../commands/set-up-owner.ts'
import { demoMember } from '../demo.ts'
import { seedDemo } from '../seed/seed-demo.ts'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, baseUrl, caller, openApp, person, signIn, workspace } from '../testing.ts'

let test: AppUnderTest

withApp((opened) => {
  test = opened
})

const cookieOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')

describe('the first owner', () => {
  const owner = {
    name: 'Olga',
    email: 'Olga@example.test',
    password: 'a long password',
    workspaceName: 'Лавка',
  }

  it('needs the printed link, comes in once, and is signed in at once', async () => {
    const nobody = caller(test.app, '')
    expect((await nobody.call('GET', '/api/setup')).body).toEqual({ needsOwner: true, demo: null })
    const wrong = await nobody.call('POST', '/api/setup', { ...owner, token: 'guess' })
    expect([wrong.status, wrong.body.code]).toEqual([403, 'setup_token_wrong'])
    const token = setupToken(test.deps.installation.secret)
    const linkWorks = async (one: string) =>
      (await nobody.call('GET', `/api/setup?token=${one}`)).body.linkWorks
    expect([await linkWorks('guess'), await linkWorks(token)]).toEqual([false, true])
    const answers = await Promise.all(
      ['olga', 'oleg'].map((who) =>
        nobody.call('POST', '/api/setup', { ...owner, email: `${who}@example.test`, token }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const made = answers.find(({ status }) => status === 201)
    const me = await caller(test.app, '', cookieOf(made?.headers ?? new Headers())).call('GET', '/api/me')
    expect(me.body.workspaces).toMatchObject([{ name: 'Лавка', role: 'owner', isDemo: false }])
    expect((await nobody.call('GET', '/api/setup')).body.needsOwner).toBe(false)
    expect(await linkWorks(token), 'it has done its work').toBe(false)
  })

  it('is still awaited when the demo member has made workspaces of their own', async () => {
    const fresh = await createDatabase()
    const app = await openApp(fresh.url)
    const { installation } = app.deps
    await seedDemo(app.deps, 'en')
    const nobody = caller(app.app, '')
    const signedIn = await nobody.call('POST', '/auth/sign-in/email', demoMember(installation.secret))
    const demo = caller(app.app, '', cookieOf(signedIn.headers))
    const made = await demo.call('POST', '/api/workspaces', {
      name: 'Trial',
      timeZone: 'UTC',
      currency: 'USD',
    })
    expect(made.status).toBe(201)
    expect((await nobody.call('GET', '/api/setup')).body.needsOwner).toBe(true)
    await app.stop()
    await fresh.drop()
  })

  it('gets a mailbox that is ready to send into', async () => {
    const shop = await workspace(test)
    const { body } = await shop.members.owner.call('GET', shop.at('/connections'))
    expect(body.items).toMatchObject([
      { isMailbox: true, isDefault: true, secrets: {}, config: { port: 44_025 } },
    ])
  })
})

describe('signing up', () => {
  it('is not possible by oneself', async () => {
    for (const path of [
      '/auth/sign-up/email',
      '/auth/organization/create',
      '/auth/organization/invite-member',
    ]) {
      const answer = await caller(test.app, '').call('POST', path, {
        email: 'x@example.test',
        password: 'a long password',
        name: 'X',
      })
      expect([path, answer.status]).toEqual([path, 404])
    }
  })

  it('is by invitation: once, for the invited address, with the invited role', async () => {
    const shop = await workspace(test)
    const invited = await shop.members.owner.call('POST', shop.at('/invitations'), {
      email: 'Nina@Example.test',
      role: 'analyst',
    })
    expect(invited.status).toBe(201)
    expect(invited.body.link).toBe(`${baseUrl}/join?invitation=${invited.body.id}`)
    const nobody = caller(test.app, '')
    const shown = await nobody.call('GET', `/api/invitations/${invited.body.id}`)
    expect(shown.body).toMatchObject({
      workspaceName: 'Lavka',
      email: 'nina@example.test',
      status: 'pending',
      hasAccount: false,
    })
    const short = await nobody.call('POST', `/api/invitations/${invited.body.id}/accept`, {
      name: 'Nina',
      password: 'short',
    })
    expect(short.status).toBe(422)
    const body = { name: 'Nina', password: 'a long password' }
    const joined = await nobody.call('POST', `/api/invitations/${invited.body.id}/accept`, body)
    expect(joined.status).toBe(201)
    const me = await caller(test.app, '', cookieOf(joined.headers)).call('GET', '/api/me')
    expect(me.body.workspaces).toMatchObject([{ id: shop.id, role: 'analyst' }])
    const again = await nobody.call('POST', `/api/invitations/${invited.body.id}/accept`, body)
    expect([again.status, again.body.code]).toEqual([410, 'invitation_gone'])
  })

  it('by a withdrawn or old invitation is refused', async () => {
    const shop = await workspace(test)
    const invite = async (email: string) =>
      (await shop.members.owner.call('POST', shop.at('/invitations'), { email, role: 'support' })).body.id
    const withdrawn = await invite('one@example.test')
    await shop.members.owner.call('DELETE', shop.at(`/invitations/${withdrawn}`))
    const old = await invite('two@example.test')
    await test.deps.pool.query(
      `update invitation set expires_at = now() - interval '1 second' where id = $1`,
      [old],
    )
    for (const id of [withdrawn, old]) {
      const answer = await caller(test.app, '').call('POST', `/api/invitations/${id}/accept`, {
        name: 'X',
        password: 'a long password',
      })
      expect(answer.body.code).toBe('invitation_gone')
    }
  })
})

describe('members', () => {
  it('who were removed are out at once', async () => {
    const shop = await workspace(test, ['marketer'])
    const { marketer, owner } = shop.members
    expect((await marketer.call('GET', shop.at('/journeys'))).status).toBe(200)
    await owner.call('DELETE', shop.at(`/members/${marketer.userId}`))
    expect((await marketer.call('GET', shop.at('/journeys'))).body.code).toBe('not_a_member')
  })

  it('always keep one owner, even when two step down at once', async () => {
    const shop = await workspace(test, ['admin'])
    const { owner, admin } = shop.members
    const alone = await owner.call('PATCH', shop.at(`/members/${owner.userId}`), { role: 'admin' })
    expect(alone.body.code).toBe('last_owner')
    await owner.call('PATCH', shop.at(`/members/${admin.userId}`), { role: 'owner' })
    const answers = await Promise.all(
      [owner, admin].map((one) => one.call('PATCH', shop.at(`/members/${one.userId}`), { role: 'support' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('who are admins can neither make nor unmake owners', async () => {
    const shop = await workspace(test, ['admin'])
    const { owner, admin } = shop.members
    const up = await admin.call('PATCH', shop.at(`/members/${admin.userId}`), { role: 'owner' })
    const down = await admin.call('DELETE', shop.at(`/members/${owner.userId}`))
    const invited = await admin.call('POST', shop.at('/invitations'), {
      email: 'o@example.test',
      role: 'owner',
    })
    expect([up, down, invited].map(({ body }) => body.code)).toEqual([
      'owner_only',
      'owner_only',
      'owner_only',
    ])
  })
})

describe('sign-in', () => {
  it('fails for a wrong password and works again after signing out', async () => {
    const anna = await person(test, 'anna')
    const me = (await anna.call('GET', '/api/me')).body.user
    await expect(signIn(test.app, me.email, 'wrong password')).rejects.toThrow('401')
    const out = await anna.call('POST', '/auth/sign-out', {})
    expect(out.status).toBe(200)
    expect((await anna.call('GET', '/api/me')).status).toBe(401)
    await expect(signIn(test.app, me.email)).resolves.toContain('tropa.session_token=')
  })

  it('from another site is refused', async () => {
    const anna = await person(test, 'anna')
    const answer = await anna.call('POST', '/auth/sign-out', {}, { origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
  })
})

describe('keys', () => {
  it('are shown once and kept as a hash', async () => {
    const shop = await workspace(test)
    const made = await shop.members.owner.call('POST', shop.at('/keys'), { kind: 'secret', name: 'Shop' })
    expect(made.body.key).toMatch(/^sk_[\w-]{32}$/)
    const listed = await shop.members.owner.call('GET', shop.at('/keys'))
    expect(listed.body.items).toMatchObject([
      { kind: 'secret', name: 'Shop', lastFour: made.body.key.slice(-4) },
    ])
    expect(JSON.stringify(listed.body)).not.toContain(made.body.key)
    const dump = await test.deps.pool.query('select * from api_keys')
    expect(JSON.stringify(dump.rows)).not.toContain(made.body.key)
    const event = { userId: 'anna', event: 'order', messageId: 'm1' }
    const headers = { authorization: `Bearer ${made.body.key}`, origin: '' }
    expect((await caller(test.app, '').call('POST', '/v1/track', event, headers)).status).toBe(202)
    expect((await shop.members.owner.call('DELETE', shop.at(`/keys/${made.body.id}`))).status).toBe(204)
    expect((await shop.members.owner.call('GET', shop.at('/keys'))).body.items).toEqual([])
  })
})

describe('the audit list', () => {
  it('has one line per change, with who and what, and none for what was refused', async () => {
    const shop = await workspace(test, ['support'])
    await shop.members.owner.call('PATCH', shop.at('/settings'), { currency: 'RUB' })
    await shop.members.support.call('PATCH', shop.at('/settings'), { currency: 'EUR' })
    await shop.members.owner.call('PATCH', shop.at('/settings'), { currency: 'rubles' })
    const { body } = await shop.members.owner.call('GET', shop.at('/audit'))
    expect(body.items).toMatchObject([
      { memberName: 'owner', action: 'workspace.patch', detail: { fields: ['currency'] } },
    ])
  })

  it('names what was changed, but nothing of another workspace, and bears an id of any form', async () => {
    const [shop, other] = [await workspace(test, []), await workspace(test, [])]
    const { owner } = shop.members
    const ours = (await owner.call('POST', shop.at('/journeys'), { name: 'Ours' })).body.id
    const theirs = (await other.members.owner.call('POST', other.at('/journeys'), { name: 'Theirs' })).body.id
    for (const [object, objectId] of [
      ['journeys', theirs],
      ['journeys', 'the-third'],
      ['ledgers', 'a/b'],
    ])
      await insertAudit(test.deps.db, { workspaceId: shop.id, action: 'tried', object, objectId })
    const { status, body } = await owner.call('GET', shop.at('/audit'))
    expect(status).toBe(200)
    const named = body.items.map((item: Record<string, unknown>) => [item.objectId, item.objectName])
    expect(named).toEqual([
      ['a/b', null],
      ['the-third', null],
      [theirs, null],
      [ours, 'Ours'],
    ])
  })
})
