import { type UnsubscribeClaim, verifyUnsubscribe } from '@tropa/connectors'
import { changeConsent } from '@tropa/db/customers'
import { readSettings } from '@tropa/db/settings'
import { type Context, Hono } from 'hono'
import type { ApiEnv } from '../context.ts'
import { languageOf } from '../language.ts'
import { type PageState, unsubscribePage } from '../present/unsubscribe-page.ts'

function claimOf(c: Context<ApiEnv>): UnsubscribeClaim | null {
  return verifyUnsubscribe(c.var.deps.installation.secret, c.req.param('token') ?? '')
}

async function show(c: Context<ApiEnv>, state: PageState, claim: UnsubscribeClaim | null) {
  const settings = claim && (await readSettings(c.var.deps.db, claim.workspaceId))
  const language = languageOf(c.req.header('accept-language'))
  const html = unsubscribePage(language, state, settings?.name ?? null, claim?.topic ?? null)
  return c.html(html, state === 'wrong' ? 404 : 200, {
    'content-language': language,
    vary: 'accept-language',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  })
}

/**
 * The way out of every marketing mail. Opening the page changes nothing (link scanners open it too); a POST withdraws
 * the consent at once, without cookies or scripts, as RFC 8058 asks.
 */
export const unsubscribeRoutes = new Hono<ApiEnv>()
  .get('/u/:token', async (c) => {
    const claim = claimOf(c)
    return show(c, claim ? 'ask' : 'wrong', claim)
  })
  .post('/u/:token', async (c) => {
    const claim = claimOf(c)
    if (!claim) return show(c, 'wrong', null)
    const { workspaceId, customerId, channel, topic, messageId } = claim
    const oneClick = (await c.req.text()).includes('List-Unsubscribe=One-Click')
    const known = await changeConsent(c.var.deps.db, workspaceId, customerId, {
      channel,
      topic: topic ?? '',
      state: 'revoked',
      source: oneClick ? 'one_click_unsubscribe' : 'unsubscribe_page',
      detail: { messageId },
    })
    return show(c, known ? 'done' : 'wrong', claim)
  })
