import type { APIRequestContext } from '@playwright/test'
import type { Graph } from '@tropa/journey'
import { mainJourney } from './golden/main-journey.ts'

/** The member API of one workspace; an answer outside 2xx is thrown with its body. */
export interface WorkspaceCaller {
  id: string
  name: string
  get<T>(path: string): Promise<T>
  post<T>(path: string, body?: unknown): Promise<T>
}

/** The three letters of the main journey by the node that sends them. */
export const letters = {
  offer: 'Win-back: large order',
  reminder: 'Win-back: small order',
  thanks: 'Thank you for ordering again',
} as const

export type Letter = keyof typeof letters

/** A journey as the API answers it. */
export interface JourneyAnswer {
  id: string
  revision: number
  status: string
  draft: Graph
  liveVersion: { id: string; number: number } | null
}

/** Signs the browser in as the demo member; the cookie stays in the request context. */
export async function signInAsDemo(request: APIRequestContext): Promise<void> {
  const { demo } = (await (await request.get('/api/setup')).json()) as {
    demo: { email: string; password: string } | null
  }
  if (!demo) throw new Error('The stories need an installation with the demo workspace (TROPA_DEMO=1).')
  await signIn(request, demo)
}

/** Signs in with e-mail and password. */
export async function signIn(
  request: APIRequestContext,
  who: { email: string; password: string },
): Promise<void> {
  const answer = await request.post('/auth/sign-in/email', { data: who })
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}: ${await answer.text()}`)
}

/** The member API bound to a workspace. */
export function callerOf(request: APIRequestContext, id: string, name = ''): WorkspaceCaller {
  const call = async <T>(method: 'get' | 'post', path: string, data?: unknown): Promise<T> => {
    const answer = await request[method](`/api/w/${id}${path}`, data === undefined ? {} : { data })
    if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
  return {
    id,
    name,
    get: (path) => call('get', path),
    post: (path, body = {}) => call('post', path, body),
  }
}

/** A fresh workspace of the signed-in member with the three letters of the main journey. */
export async function buildWorkspace(
  request: APIRequestContext,
  name: string,
): Promise<{ shop: WorkspaceCaller; templates: Record<Letter, string> }> {
  const answer = await request.post('/api/workspaces', {
    data: { name, timeZone: 'UTC', currency: 'USD' },
    headers: { 'accept-language': 'en' },
  })
  if (!answer.ok()) throw new Error(`A workspace was refused: ${await answer.text()}`)
  const shop = callerOf(request, ((await answer.json()) as { id: string }).id, name)
  const templates: Record<string, string> = {}
  for (const [letter, title] of Object.entries(letters))
    templates[letter] = (await shop.post<{ id: string }>('/templates', templateOf(title))).id
  return { shop, templates: templates as Record<Letter, string> }
}

function templateOf(name: string) {
  return {
    name,
    subject: `${name}, {{ customer.first_name | default: "friend" }}`,
    preheader: '',
    format: 'html',
    body: `<p>Your order was {{ event.total | default: "unknown" }}.</p><p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p>`,
  }
}

/** The main journey with real templates; `within` shortens the wait for the next order. */
export function buildMainJourney(templates: Record<Letter, string>, within = '30d'): Graph {
  const nodes = mainJourney.nodes.map((node) => {
    if (node.kind === 'send_email')
      return { ...node, config: { ...node.config, topic: '', template: templates[node.id as Letter] } }
    if (node.kind === 'wait_event') return { ...node, config: { ...node.config, within } }
    return node
  })
  return { ...mainJourney, nodes }
}

/** Makes a journey of a graph and publishes it as version 1. */
export async function buildLiveJourney(
  shop: WorkspaceCaller,
  name: string,
  graph: Graph,
): Promise<JourneyAnswer> {
  const { id, revision } = await shop.post<JourneyAnswer>('/journeys', { name, graph })
  await shop.post(`/journeys/${id}/publish`, { revision, note: '' })
  return shop.get<JourneyAnswer>(`/journeys/${id}`)
}

/** A key of the event API; shown once, so it is answered as it is. */
export async function buildKey(shop: WorkspaceCaller, kind: 'write' | 'secret'): Promise<string> {
  return (await shop.post<{ key: string }>('/keys', { kind, name: `${kind} key of a story` })).key
}

/** A customer who can be written to: an id, an address and consent to email. */
export async function buildCustomer(
  shop: WorkspaceCaller,
  { externalId, email, firstName }: { externalId: string; email: string; firstName: string },
): Promise<string> {
  const { id } = await shop.post<{ id: string }>('/customers', {
    identifiers: [
      { type: 'external_id', value: externalId },
      { type: 'email', value: email },
    ],
    attributes: { first_name: firstName },
    consents: [{ channel: 'email', topic: '', state: 'granted', source: 'asked in the shop' }],
  })
  return id
}

/** Sends one event over the event API and answers the status and the item's own answer. */
export async function track(
  request: APIRequestContext,
  key: string,
  event: { messageId: string; userId: string; event: string; properties?: Record<string, unknown> },
): Promise<{ status: number; body: { status?: string } }> {
  const answer = await request.post('/v1/track', {
    data: event,
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
  })
  return { status: answer.status(), body: (await answer.json()) as { status?: string } }
}
