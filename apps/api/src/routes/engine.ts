import { lookAtEngines } from '@tropa/db/engines'
import { Hono } from 'hono'
import type { ApiEnv } from '../context.ts'
import { allowSignedIn } from '../guard.ts'
import { engineState } from '../present/engine-state.ts'

/** An engine speaks every few seconds; after so long it is missed. */
const silentSeconds = 15

/** Whether journeys can move at all, for whoever is signed in. */
export const engineRoutes = new Hono<ApiEnv>().get('/engine', allowSignedIn(), async (c) =>
  c.json(engineState(await lookAtEngines(c.var.deps.db, silentSeconds), process.uptime())),
)
