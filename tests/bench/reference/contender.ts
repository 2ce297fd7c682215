import { randomUUID } from 'node:crypto'
import { openDatabase } from '@tropa/db'
import { startChild } from '../children.ts'
import type { Contender } from '../contender.ts'
import { createDatabase, openNamespace, type Servers } from '../servers.ts'
import type { ReferenceInput } from './workflows.ts'

const table = `create table reference_sends (enrollment_id uuid not null, step int not null, template text not null,
  sent_at timestamptz not null default now(), primary key (enrollment_id, step))`

/** A hand-written workflow with its own worker, database and namespace. */
export async function startReference(
  servers: Servers,
  smtpUrl: string,
  name: string,
  workflow: 'plainReference' | 'cleverReference',
  waitMs: number,
): Promise<Contender> {
  const database = await createDatabase(servers.databaseUrl, name)
  const { pool, close } = openDatabase(database.url, { max: 2 })
  await pool.query(table)
  const client = await openNamespace(servers.temporalAddress, name)
  const child = await startChild('./reference/worker.ts', {
    TEMPORAL_ADDRESS: servers.temporalAddress,
    BENCH_NAMESPACE: client.options.namespace,
    BENCH_DATABASE: database.url,
    BENCH_SMTP: smtpUrl,
  })
  const count = async (status: string) => (await client.workflow.count(`ExecutionStatus = '${status}'`)).count
  return {
    name,
    pid: child.pid,
    async prepare(passages) {
      return Array.from({ length: passages }, (_, index) => async () => {
        const input: ReferenceInput = { enrollmentId: randomUUID(), total: (index * 37) % 100, waitMs }
        await client.workflow.start(workflow, {
          workflowId: input.enrollmentId,
          taskQueue: 'bench-reference',
          args: [input],
        })
      })
    },
    progress: async () => ({ ended: await count('Completed'), running: await count('Running') }),
    async stop() {
      await child.stop()
      await client.connection.close()
      await close()
      await database.drop()
    },
  }
}
