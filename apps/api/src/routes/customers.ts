import {
  changeConsent,
  consentsOf,
  countCustomers,
  findCustomer,
  isSuppressed,
  listCustomers,
  mergedInto,
} from '@tropa/db/customers'
import { listEnrollments } from '@tropa/db/enrollments-view'
import { readTimeline } from '@tropa/db/timeline'
import { emailFrom } from '@tropa/intake'
import type { Text } from '@tropa/journey'
import { Hono } from 'hono'
import { z } from 'zod'
import { audited } from '../audited.ts'
import { changeAttributes } from '../commands/change-attributes.ts'
import { createCustomer } from '../commands/create-customer.ts'
import type { ApiEnv } from '../context.ts'
import { Failure } from '../errors.ts'
import { allow } from '../guard.ts'
import { type Issue, json, pageOf, pageQuery, query, readCursor } from '../input.ts'
import { customerName, identifierOf } from '../present/customer.ts'
import { presentEnrollmentRow } from '../present/enrollment-row.ts'
import { presentTimelineRow } from '../present/timeline.ts'
import { endText } from '../reasons.ts'

const attributeName = z
  .string()
  .regex(/^[\p{L}_][\p{L}\p{N}_ .-]{0,79}$/u)
  .refine((name) => !['__proto__', 'constructor', 'prototype'].includes(name))
const attributeValue = z.union([z.string().max(8_000), z.number(), z.boolean(), z.null()])
const attributes = z.record(attributeName, attributeValue)
const notAnAddress = 'email_not_usable'
const notAnAddressSentence: Text = {
  en: 'This is not an email address that letters can be sent to. Write one such as anna@example.com.',
  ru: 'На такой адрес почты писать нельзя. Укажите адрес вида anna@example.com.',
}
const identifier = z
  .object({
    type: z.enum(['external_id', 'email', 'phone', 'anonymous_id']),
    value: z.string().trim().min(1).max(320),
  })
  .transform(({ type, value }, context) => {
    const kept = type === 'email' ? emailFrom(value) : value
    if (kept === null)
      context.addIssue({
        code: 'custom',
        path: ['value'],
        message: notAnAddressSentence.en,
        params: { code: notAnAddress },
      })
    return { type, value: kept ?? '' }
  })
const consent = z.object({
  channel: z.enum(['email']),
  topic: z.string().trim().max(60).default(''),
  state: z.enum(['granted', 'revoked']),
  source: z.string().trim().min(1).max(200),
})
const fresh = z.object({
  attributes: attributes.default({}),
  identifiers: z.array(identifier).min(1).max(20),
  consents: z.array(consent).max(20).default([]),
})
const listQuery = pageQuery.extend({ search: z.string().trim().max(120).optional() })
const sorts = ['event', 'message', 'enrollment', 'consent', 'rejection'] as const
const timelineQuery = pageQuery.extend({ type: z.enum(sorts).optional() })

/** A list says how many it holds up to so many. */
const countedAtMost = 10_000

/** A customer's card shows so many enrollments that have ended. */
const endedShown = 3

const addressSentence = (issues: Issue[]) =>
  issues.some(({ code }) => code === notAnAddress) ? notAnAddressSentence : undefined

/** Customers: who they are, what they agreed to, what happened to them. */
export const customerRoutes = new Hono<ApiEnv>()
  .get('/customers', allow('customers.read'), query(listQuery), async (c) => {
    const { cursor, limit, search } = c.req.valid('query')
    const page = { after: readCursor(cursor), limit }
    const { db } = c.var.deps
    const [rows, total] = await Promise.all([
      listCustomers(db, c.var.workspaceId, search, page),
      countCustomers(db, c.var.workspaceId, search, countedAtMost + 1),
    ])
    return c.json({
      ...pageOf(rows, limit, (row) => ({
        id: row.id,
        name: customerName(row),
        externalId: identifierOf(row, 'external_id'),
        email: identifierOf(row, 'email'),
        createdAt: row.createdAt,
        lastEventAt: row.lastEventAt,
        eventsToCome: row.eventsToCome,
      })),
      /** How many there are in all; empty when there are too many to count each time. */
      total: total > countedAtMost ? null : total,
    })
  })
  .post('/customers', allow('customers.update'), json(fresh, 'body_wrong', addressSentence), async (c) => {
    const wanted = c.req.valid('json')
    const id = await audited(
      c,
      (tx) => createCustomer(tx, c.var.workspaceId, wanted),
      (made) => ({ objectId: made }),
    )
    return c.json({ id }, 201)
  })
  .get('/customers/:id', allow('customers.read'), async (c) => {
    const { db } = c.var.deps
    const { workspaceId } = c.var
    const customer = await findCustomer(db, workspaceId, c.req.param('id'))
    if (!customer) throw new Failure('not_found')
    const emails = customer.identifiers.filter(({ type }) => type === 'email').map(({ value }) => value)
    const [consents, suppressed, mergedFrom, active, ended] = await Promise.all([
      consentsOf(db, workspaceId, customer.id),
      isSuppressed(db, workspaceId, emails),
      mergedInto(db, workspaceId, customer.id),
      listEnrollments(
        db,
        workspaceId,
        { customer: customer.id, status: 'active' },
        { after: null, limit: 50 },
      ),
      listEnrollments(
        db,
        workspaceId,
        { customer: customer.id, ended: true },
        { after: null, limit: endedShown },
      ),
    ])
    return c.json({
      ...customer,
      name: customerName(customer),
      consents,
      suppressed,
      mergedFrom,
      active: active.map(presentEnrollmentRow),
      /** The last few that have ended, each with why. */
      ended: ended.slice(0, endedShown).map((row) => ({
        ...presentEnrollmentRow(row),
        sentence: row.endReason === null ? null : endText(row.endReason, row.endLabel),
      })),
    })
  })
  .patch('/customers/:id', allow('customers.update'), json(z.object({ attributes })), async (c) => {
    const wanted = c.req.valid('json').attributes
    const id = c.req.param('id')
    await audited(
      c,
      (tx) => changeAttributes(tx, c.var.workspaceId, id, wanted),
      () => ({ detail: { attributes: Object.keys(wanted) } }),
    )
    return c.json(await findCustomer(c.var.deps.db, c.var.workspaceId, id))
  })
  .put('/customers/:id/consents', allow('consents.update'), json(consent), async (c) => {
    const wanted = c.req.valid('json')
    const { deps, workspaceId, user } = c.var
    const id = c.req.param('id')
    const change = { ...wanted, detail: { memberId: user.id } }
    await audited(
      c,
      async (tx) => {
        if (!(await changeConsent(tx, workspaceId, id, change))) throw new Failure('not_found')
      },
      () => ({ detail: { channel: wanted.channel, topic: wanted.topic, state: wanted.state } }),
    )
    return c.json({ items: await consentsOf(deps.db, workspaceId, id), next: null })
  })
  .get('/customers/:id/timeline', allow('customers.read'), query(timelineQuery), async (c) => {
    const { db } = c.var.deps
    const { cursor, limit, type } = c.req.valid('query')
    const customer = await findCustomer(db, c.var.workspaceId, c.req.param('id'))
    if (!customer) throw new Failure('not_found')
    const page = { after: readCursor(cursor), limit }
    const rows = await readTimeline(db, c.var.workspaceId, customer.id, type ?? null, page)
    return c.json(pageOf(rows, limit, presentTimelineRow))
  })
