import { join } from 'node:path'
import { planPorts } from '../machine/port-plan.ts'
import { withoutSettings } from '../stack/env.ts'
import { openHome } from '../stack/home.ts'
import { lockHome } from '../stack/lock.ts'
import { startServices } from '../stack/services.ts'
import { createSupervisor } from '../stack/supervisor.ts'
import { endChildren, onEndingSignal, runNode } from './child.ts'
import { makeThrowaway, removeThrowaway, sweepThrowaways } from './throwaway.ts'

/** `npm run bench`: a fresh durable Postgres and a fresh Temporal, then tests/bench/run.ts; returns its exit code. */
export async function bench(args: readonly string[]): Promise<number> {
  const say = (line: string) => console.log(line)
  await sweepThrowaways(say)
  const home = makeThrowaway('tropa-bench-')
  openHome(home)
  const answer = await lockHome(home)
  if ('running' in answer) throw new Error('The folder of the benchmarks is in use by another run.')
  const supervisor = createSupervisor({
    logDir: join(home, 'logs'),
    say,
    onChildren: (children) => answer.lock.update({ children }),
  })
  const tidy = async () => {
    await endChildren()
    await supervisor.stop()
    removeThrowaway(home)
  }
  const unlessEnding = onEndingSignal(tidy)
  try {
    const outside = withoutSettings(process.env)
    const plan = await planPorts({ remembered: {}, demanded: {}, remember: () => undefined, say })
    const { databaseUrl, temporalAddress } = await startServices(
      { home, env: outside, say },
      plan,
      supervisor,
    )
    const env = { ...outside, DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress }
    return await runNode(['--import', 'tsx', 'tests/bench/run.ts', ...args], env)
  } finally {
    await unlessEnding()
    await tidy()
  }
}
