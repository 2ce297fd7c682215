import { connectors } from '@tropa/connectors'
import { type ConnectionRow, listConnections, markWorking } from '@tropa/db/connections'
import { Hono } from 'hono'
import { z } from 'zod'
import { audited } from '../audited.ts'
import {
  addConnection,
  changeConnection,
  removeConnection,
  testConnection,
} from '../commands/change-connection.ts'
import { secretsOf } from '../connection-secrets.ts'
import type { ApiEnv, Installation } from '../context.ts'
import { allow } from '../guard.ts'
import { json } from '../input.ts'

const name = z.string().trim().min(1).max(80)
const config = z.record(z.string(), z.unknown())
const secrets = z.record(z.string(), z.string().max(2_000))
const change = z.object({ name, config, secrets, isDefault: z.literal(true), enabled: z.boolean() }).partial()
const fresh = z.object({
  connector: z.string().max(80),
  name,
  config: config.default({}),
  secrets: secrets.default({}),
  isDefault: z.boolean().default(false),
})

/** A connection as members see it: of its secrets, which are set and their last four signs. */
function present(row: ConnectionRow, { secret }: Installation) {
  const { id, connector, channel, isDefault, isMailbox, brokenSince, brokenReason, createdAt } = row
  const known = row.isMailbox ? {} : secretsOf(secret, row)
  return {
    id,
    connector,
    channel,
    name: row.name,
    config: row.config,
    secrets: Object.fromEntries(
      Object.entries(known).map(([field, value]) => [
        field,
        { isSet: true, lastFour: value.length >= 12 ? value.slice(-4) : null },
      ]),
    ),
    isDefault,
    isMailbox,
    enabled: row.disabledAt === null,
    brokenSince,
    brokenReason,
    createdAt,
  }
}

/** Connections to providers, and what connectors there are. */
export const connectionRoutes = new Hono<ApiEnv>()
  .get('/connectors', allow('connections.read'), (c) =>
    c.json({
      items: connectors.map(({ config: shape, ...manifest }) => ({
        ...manifest,
        config: z.toJSONSchema(shape, { io: 'input' }),
      })),
      next: null,
    }),
  )
  .get('/connections', allow('connections.read'), async (c) => {
    const { db, installation } = c.var.deps
    const rows = await listConnections(db, c.var.workspaceId)
    return c.json({ items: rows.map((row) => present(row, installation)), next: null })
  })
  .post('/connections', allow('connections.update'), json(fresh), async (c) => {
    const { connector, isDefault, ...wish } = c.req.valid('json')
    const { deps, workspaceId } = c.var
    const row = await audited(
      c,
      (tx) =>
        addConnection({ ...deps, db: tx }, workspaceId, connector, {
          ...wish,
          ...(isDefault ? { isDefault } : {}),
        }),
      ({ id }) => ({ objectId: id, detail: { connector } }),
    )
    return c.json(present(row, deps.installation), 201)
  })
  .patch('/connections/:id', allow('connections.update'), json(change), async (c) => {
    const { deps, workspaceId } = c.var
    const wish = c.req.valid('json')
    const row = await audited(
      c,
      (tx) => changeConnection({ ...deps, db: tx }, workspaceId, c.req.param('id'), wish),
      () => ({ detail: { fields: Object.keys(wish) } }),
    )
    return c.json(present(row, deps.installation))
  })
  .delete('/connections/:id', allow('connections.update'), async (c) => {
    await audited(c, (tx) => removeConnection({ db: tx }, c.var.workspaceId, c.req.param('id')))
    return c.body(null, 204)
  })
  .post('/connections/:id/test', allow('connections.update'), async (c) => {
    const { deps, workspaceId } = c.var
    const { row, ...found } = await testConnection(deps, workspaceId, c.req.param('id'))
    await audited(
      c,
      async (tx) => found.ok && markWorking(tx, row),
      () => ({ detail: { ok: found.ok } }),
    )
    return c.json(found)
  })
