import { type UnsubscribeClaim, verifyUnsubscribe } from '@tropa/connectors'
import { changeConsent, consentsOfPerson } from '@tropa/db/customers'
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
  const chosen = c.req.query('lang')
  const language = chosen === 'en' || chosen === 'ru' ? chosen : languageOf(c.req.header('accept-language'))
  const html = unsubscribePage(language, state, settings?.name ?? null, claim?.topic ?? null)
  return c.html(html, state === 'wrong' ? 404 : 200, {
    'content-language': language,
    vary: 'accept-language',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  })
}

/** Whether the reader has withdrawn exactly this consent before, or the one for the whole channel. */
async function withdrawn(
  c: Context<ApiEnv>,
  { workspaceId, customerId, channel, topic }: UnsubscribeClaim,
): Promise<{ exact: boolean; whole: boolean }> {
  const known = await consentsOfPerson(c.var.deps.db, workspaceId, customerId)
  const revoked = (wanted: string) =>
    known.some((one) => one.channel === channel && one.topic === wanted && one.state === 'revoked')
  return { exact: revoked(topic ?? ''), whole: revoked('') }
}

/**
 * The way out of every marketing mail. Opening the page changes nothing (link scanners open it too); a POST withdraws
 * the consent at once, without cookies or scripts, as RFC 8058 asks.
 */
export const unsubscribeRoutes = new Hono<ApiEnv>()
  .get('/u/:token', async (c) => {
    const claim = claimOf(c)
    if (!claim) return show(c, 'wrong', null)
    const { whole, exact } = await withdrawn(c, claim)
    return show(c, whole || exact ? 'already' : 'ask', claim)
  })
  .post('/u/:token', async (c) => {
    const claim = claimOf(c)
    if (!claim) return show(c, 'wrong', null)
    const { workspaceId, customerId, channel, topic, messageId } = claim
    if ((await withdrawn(c, claim)).exact) return show(c, 'already', claim)
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
