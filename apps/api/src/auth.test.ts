import { randomUUID } from 'node:crypto'
import { insertInvitation } from '@tropa/db/members'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { openAuthPaths } from './auth.ts'
import type { ApiEnv } from './context.ts'
import { withApp } from './testing/with-app.ts'
import { type AppUnderTest, type Caller, caller, person, signIn, workspace } from './testing.ts'

let test: AppUnderTest

withApp((opened) => {
  test = opened
})

type Shop = Awaited<ReturnType<typeof workspace>>

interface Guest {
  who: Caller
  email: string
}

/** Every endpoint better-auth has, as `POST /auth/sign-out`. */
function endpoints(): string[] {
  const all = Object.values(test.deps.auth.api as object) as {
    path?: string
    options?: { method?: string | string[] }
  }[]
  const named = all.flatMap(({ path, options }) =>
    path ? [options?.method ?? 'POST'].flat().map((method) => `${method} /auth${path}`) : [],
  )
  return [...new Set(named)].sort()
}

/** Somebody in no workspace. Their address counts as verified, so that nothing of better-auth stays shut for them. */
async function newGuest(): Promise<Guest> {
  const who = await person(test, 'guest')
  await test.deps.pool.query('update "user" set email_verified = true where id = $1', [who.userId])
  return { who, email: (await who.call('GET', '/api/me')).body.user.email }
}

async function invite(shop: Shop, email: string, role = 'analyst'): Promise<string> {
  const invited = { id: randomUUID(), organizationId: shop.id, email, role, status: 'pending' }
  const [inviterId, expiresAt] = [shop.members.owner.userId, new Date(Date.now() + 86_400_000)]
  return (await insertInvitation(test.deps.db, { ...invited, inviterId, expiresAt })).id
}

/** What any endpoint about members may ask for, in one body. */
const everything = async (shop: Shop, email: string) => ({
  invitationId: await invite(shop, email),
  organizationId: shop.id,
  memberId: shop.members.support.userId,
  memberIdOrEmail: (await shop.members.support.call('GET', '/api/me')).body.user?.email,
  userId: shop.members.support.userId,
  role: 'marketer',
  email: `${randomUUID()}@example.test`,
  name: 'New',
  slug: randomUUID(),
  data: { name: 'New' },
})

/** Who belongs to which workspace and who is invited. */
async function belonging(): Promise<string> {
  const { pool } = test.deps
  const tables = await Promise.all(
    ['member', 'invitation', 'organization'].map((table) => pool.query(`select * from ${table} order by id`)),
  )
  return JSON.stringify(tables.map(({ rows }) => rows))
}

/** The endpoints that change who belongs to a workspace when a guest with an invitation and an owner call them. */
async function changing(app: AppUnderTest['app']): Promise<Record<string, number>> {
  let shop = await workspace(test, ['support'])
  let guest = await newGuest()
  const found: Record<string, number> = {}
  for (const endpoint of endpoints()) {
    const [method = '', path = ''] = endpoint.split(' ')
    const body = await everything(shop, guest.email)
    const asked = new URLSearchParams({ organizationId: shop.id, invitationId: body.invitationId })
    const before = await belonging()
    for (const { cookie } of [guest.who, shop.members.owner]) {
      const answer = await caller(app, '', cookie).call(
        method,
        method === 'GET' ? `${path}?${asked}` : path,
        method === 'GET' ? undefined : body,
      )
      if ((await belonging()) !== before) found[endpoint] ??= answer.status
    }
    const out = await Promise.all([guest.who, shop.members.owner].map((one) => one.call('GET', '/api/me')))
    if (found[endpoint] || out.some(({ status }) => status !== 200)) {
      shop = await workspace(test, ['support'])
      guest = await newGuest()
    }
  }
  return found
}

describe('better-auth', () => {
  it('has endpoints that change who belongs to a workspace; from outside none of them does', async () => {
    const { auth } = test.deps
    const bare = new Hono<ApiEnv>().all('/auth/*', (c) => auth.handler(c.req.raw))
    const behind = Object.keys(await changing(bare))
    expect(behind).toEqual(
      expect.arrayContaining([
        'POST /auth/organization/accept-invitation',
        'POST /auth/organization/invite-member',
        'POST /auth/organization/reject-invitation',
        'POST /auth/organization/remove-member',
        'POST /auth/organization/update',
      ]),
    )
    expect(await changing(test.app)).toEqual({})
    expect(behind.filter((endpoint) => openAuthPaths.has(endpoint.split(' ')[1] ?? ''))).toEqual([])
  }, 120_000)
})

describe('somebody with an account', () => {
  const audits = async (shop: Shop) =>
    (
      await test.deps.pool.query('select action, member_id, detail from audit where workspace_id = $1', [
        shop.id,
      ])
    ).rows

  it('joins by an invitation to their own address, once, and that is written down', async () => {
    const shop = await workspace(test)
    const { who, email } = await newGuest()
    const id = await invite(shop, email)
    const other = await newGuest()
    const stranger = await other.who.call('POST', `/api/invitations/${id}/join`)
    expect([stranger.status, stranger.body.code]).toEqual([403, 'invitation_not_yours'])
    const nobody = await caller(test.app, '').call('POST', `/api/invitations/${id}/join`)
    expect([nobody.status, nobody.body.code]).toEqual([401, 'not_signed_in'])
    expect(await audits(shop)).toEqual([])
    const both = await Promise.all([1, 2].map(() => who.call('POST', `/api/invitations/${id}/join`)))
    expect(both.map(({ status }) => status).sort()).toEqual([201, 410])
    expect(await audits(shop)).toEqual([
      { action: 'members.accept', member_id: who.userId, detail: { role: 'analyst' } },
    ])
    const me = await caller(test.app, '', await signIn(test.app, email)).call('GET', '/api/me')
    expect(me.body.workspaces).toMatchObject([{ id: shop.id, role: 'analyst' }])
  })

  it('and in the workspace already keeps their role and the invitation', async () => {
    const shop = await workspace(test)
    const { email } = (await shop.members.owner.call('GET', '/api/me')).body.user
    const id = await invite(shop, email)
    const again = await shop.members.owner.call('POST', `/api/invitations/${id}/join`)
    expect([again.status, again.body.code]).toEqual([409, 'already_member'])
    const shown = await shop.members.owner.call('GET', `/api/invitations/${id}`)
    expect(shown.body.status).toBe('pending')
    expect(await audits(shop)).toEqual([])
  })

  it('does not join when it cannot be written down', async () => {
    const shop = await workspace(test)
    const { who, email } = await newGuest()
    const id = await invite(shop, email)
    const { pool } = test.deps
    await pool.query('alter table audit add constraint full_disk check (false) not valid')
    try {
      expect((await who.call('POST', `/api/invitations/${id}/join`)).status).toBe(500)
      expect((await who.call('GET', '/api/me')).body.workspaces).toEqual([])
    } finally {
      await pool.query('alter table audit drop constraint full_disk')
    }
  })
})
