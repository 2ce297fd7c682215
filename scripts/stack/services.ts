import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PortPlan } from '../machine/port-plan.ts'
import { requireReachable } from '../machine/reach.ts'
import { requireDatabase } from '../programs/database-check.ts'
import { preparePostgres } from '../programs/postgres.ts'
import { limitRetention, prepareTemporal } from '../programs/temporal.ts'
import { findTemporalCli } from '../programs/temporal-cli.ts'
import { root } from '../runs/run-once.ts'
import { settled } from '../runs/settled.ts'
import { postgresPart, temporalPart } from './parts.ts'
import type { Supervisor } from './supervisor.ts'

/** Where the services keep their files, and which of them are given from outside. */
export interface ServicesRequest {
  home: string
  env: NodeJS.ProcessEnv
  say(line: string): void
}

/** Where fetched programs are kept: once per clone, or in the home when the clone may not be written to. */
export function cacheFolder(home: string): string {
  const shared = join(root, '.tropa/cache')
  try {
    mkdirSync(shared, { recursive: true })
    accessSync(shared, constants.W_OK)
    return shared
  } catch {
    return join(home, 'cache')
  }
}

/** Where Postgres and Temporal answer. */
export interface Services {
  databaseUrl: string
  temporalAddress: string
}

/**
 * Starts Postgres and Temporal under the supervisor, each unless its address is given in the environment, and
 * says where they answer.
 */
export async function startServices(
  request: ServicesRequest,
  plan: Pick<PortPlan, 'run'>,
  supervisor: Supervisor,
): Promise<Services> {
  const { env, home, say } = request
  const database = async () => {
    if (env.DATABASE_URL) {
      await requireDatabase(env.DATABASE_URL)
      return env.DATABASE_URL
    }
    return plan.run(async ({ postgres }) => {
      const server = await preparePostgres({ home, port: postgres })
      if (!server.dataDir.startsWith(home))
        say(`Database files are in ${server.dataDir} (their user cannot enter ${home}).`)
      await supervisor.start(postgresPart(server))
      return server.url
    })
  }
  const temporal = async () => {
    if (env.TEMPORAL_ADDRESS) {
      const at = env.TEMPORAL_ADDRESS.lastIndexOf(':')
      const port = Number(env.TEMPORAL_ADDRESS.slice(at + 1))
      await requireReachable('TEMPORAL_ADDRESS', env.TEMPORAL_ADDRESS.slice(0, at), port)
      return env.TEMPORAL_ADDRESS
    }
    const cli = await findTemporalCli(cacheFolder(home), say)
    return plan.run(async (ports) => {
      const server = prepareTemporal({ cli, home, port: ports.temporal })
      await supervisor.start(temporalPart(server))
      limitRetention(cli, server.address)
      return server.address
    })
  }
  const [databaseUrl, temporalAddress] = await settled(database(), temporal())
  return { databaseUrl, temporalAddress }
}
