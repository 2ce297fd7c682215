import { randomUUID } from 'node:crypto'
import { connection, type Furnished, graph, letter, mapping, person, upload } from './furnish.ts'

/** How a route is called so that whoever may call it succeeds. */
export interface Case {
  /** The id in the path: a thing of the workspace that the call may use up. */
  id?: () => string | Promise<string>
  /** What is sent, or a function that makes it where each call needs its own. */
  body?: unknown
  headers?: Record<string, string>
  /** Part of what it does cannot be taken back when its audit row fails: a mail that left. */
  leaves?: true
}

const because = { reason: 'asked by phone' }
const consent = { channel: 'email', state: 'granted', source: 'phone' }

function workCases({ things }: Furnished): Record<string, Case> {
  return {
    'GET /settings': {},
    'PATCH /settings': { body: { currency: 'EUR' } },
    'GET /audit': {},
    'GET /members': {},
    'PATCH /members/:userId': { id: things.member, body: { role: 'analyst' } },
    'DELETE /members/:userId': { id: things.member },
    'GET /invitations': {},
    'POST /invitations': { body: { email: 'new@example.test', role: 'support' } },
    'DELETE /invitations/:id': { id: things.invitation },
    'GET /keys': {},
    'POST /keys': { body: { kind: 'write', name: 'site' } },
    'PATCH /keys/:id': { id: things.key, body: { origins: ['https://shop.example.com'] } },
    'DELETE /keys/:id': { id: things.key },

    'GET /journeys': {},
    'POST /journeys': { body: { name: 'Win-back', graph } },
    'GET /journeys/:id': { id: things.journey },
    'PATCH /journeys/:id': { id: things.journey, body: { name: 'Another name' } },
    'PUT /journeys/:id/draft': { id: things.journey, body: { revision: 1, graph } },
    'POST /journeys/:id/check': { id: things.journey, body: {} },
    'POST /journeys/:id/duplicate': { id: things.journey, body: {} },
    'POST /journeys/:id/archive': { id: things.journey, body: {} },
    'POST /journeys/:id/pause': { id: things.liveJourney, body: {} },
    'POST /journeys/:id/resume': { id: things.pausedJourney, body: {} },
    'POST /journeys/:id/publish': { id: things.journey, body: { revision: 1 } },
    'GET /journeys/:id/versions': { id: things.liveJourney },
    'GET /journeys/:id/versions/:number': { id: things.liveJourney },
    'POST /journeys/:id/versions/:number/restore': { id: things.liveJourney, body: {} },
    'GET /journeys/:id/counts': { id: things.liveJourney },
    'GET /catalogue': {},

    'GET /templates': {},
    'POST /templates': { body: letter },
    'POST /templates/preview': { body: letter },
    'GET /templates/:id': { id: things.template },
    'PUT /templates/:id': { id: things.template, body: { ...letter, revision: 1 } },
    'DELETE /templates/:id': { id: things.template },
    'POST /templates/:id/test': { id: things.template, body: { to: 'a@example.test' }, leaves: true },

    'GET /connectors': {},
    'GET /connections': {},
    'POST /connections': { body: connection },
    'PATCH /connections/:id': { id: things.connection, body: { name: 'Another' } },
    'DELETE /connections/:id': { id: things.connection },
    'POST /connections/:id/test': { id: things.mailboxConnection, body: {} },

    'GET /mails': {},
    'GET /mails/:id': { id: things.mail },
    'GET /mails/:id/raw': { id: things.mail },
    'DELETE /mails': {},
  }
}

function customerCases({ things }: Furnished): Record<string, Case> {
  const { inside } = things
  return {
    'GET /customers': {},
    'POST /customers': { body: () => person(randomUUID()) },
    'GET /customers/:id': { id: things.customer },
    'PATCH /customers/:id': { id: things.customer, body: { attributes: { city: 'Tver' } } },
    'PUT /customers/:id/consents': { id: things.customer, body: consent },
    'GET /customers/:id/timeline': { id: things.customer },

    'GET /enrollments': {},
    'GET /enrollments/:id': { id: inside },
    'POST /enrollments/:id/skip-wait': { id: inside, body: because },
    'POST /enrollments/:id/remove': { id: inside, body: because },
    'POST /enrollments/:id/verify': { id: inside, body: {} },
    'POST /messages/:id/release': {
      id: () => things.heldMessage(inside()),
      body: { ...because, decision: 'give_up' },
    },

    'GET /imports': {},
    'POST /imports': upload,
    'GET /imports/:id': { id: () => things.importIn('uploaded') },
    'PATCH /imports/:id': { id: () => things.importIn('uploaded'), body: { mapping } },
    'POST /imports/:id/start': { id: () => things.importIn('uploaded') },
    'POST /imports/:id/pause': { id: () => things.importIn('running') },
    'POST /imports/:id/resume': { id: () => things.importIn('paused') },
    'POST /imports/:id/pace': {
      id: () => things.importIn('running', 'compressed'),
      body: { secondsPerDay: 2 },
    },
    'POST /imports/:id/stop': { id: () => things.importIn('running') },
    'POST /imports/:id/undo': { id: () => things.importIn('done') },
    'GET /imports/:id/brought': { id: () => things.importIn('done') },
    'GET /imports/:id/errors': { id: () => things.importIn('done') },
    'GET /imports/:id/errors.csv': { id: () => things.importIn('done') },
  }
}

/** One case for every workspace route; the matrix fails when one is missing or too many. */
export function casesOf(furnished: Furnished): Record<string, Case> {
  return { ...workCases(furnished), ...customerCases(furnished) }
}
