import { takeEvents } from '@tropa/db/outbox'
import { partitions } from '@tropa/db/partition'
import { inTransaction } from '@tropa/db/statement'
import { kinds } from '@tropa/nodes'
import { type LegOutcome, runLeg } from '../enrollment/leg.ts'
import { PlanShelf } from '../enrollment/plan-shelf.ts'
import type { Launch } from '../launcher.ts'
import { routeEvents } from '../router/route.ts'
import { World } from './world.ts'

/** A world in which a test routes events and runs legs itself, without Temporal. */
export class RoutingWorld {
  private readonly deps = { plans: new PlanShelf(), kinds }

  private constructor(readonly world: World) {}

  /** An empty world in a database of the test's own. */
  static async fresh(databaseUrl: string): Promise<RoutingWorld> {
    const world = await World.build(databaseUrl)
    await world.rows(
      'truncate events, outbox, live_entries, enrollments, steps, waits, rejections, entry_slots, messages, requests',
    )
    return new RoutingWorld(world)
  }

  close(): Promise<void> {
    return this.world.close()
  }

  /** Routes what is in the outbox; answers what the launcher would get. */
  route(legsInRouter = true): Promise<Launch[]> {
    return inTransaction(this.world.pool, async (tx) =>
      routeEvents({ ...this.deps, legsInRouter }, tx, await takeEvents(tx, partitions, 50)),
    )
  }

  leg(enrollmentId: string): Promise<LegOutcome> {
    return inTransaction(this.world.pool, (tx) => runLeg(this.deps, tx, enrollmentId))
  }

  /** Why entries were refused, in order. */
  async reasons(): Promise<string[]> {
    const rows = await this.world.rows<{ reason: string }>(
      'select reason from rejections order by at, event_id',
    )
    return rows.map(({ reason }) => reason)
  }

  /** Makes a pending visit older, as if so much time had passed. */
  async shift(enrollmentId: string, ms: number): Promise<void> {
    await this.world.rows(
      `update enrollments set state = jsonb_set(jsonb_set(jsonb_set(state,
         '{pending,command,until}', to_jsonb((state #>> '{pending,command,until}')::float8 - $2)),
         '{pending,enteredAt}', to_jsonb((state #>> '{pending,enteredAt}')::float8 - $2)),
         '{pending,since}', to_jsonb((state #>> '{pending,since}')::float8 - $2)) where id = $1`,
      [enrollmentId, ms],
    )
  }
}
