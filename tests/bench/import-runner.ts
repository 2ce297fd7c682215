import { openDatabase } from '@tropa/db'
import { runToNextStop } from '@tropa/worker/imports'

/** Runs one import in a process of its own and tells the highest memory it took; the target comes as IMPORT_TARGET. */
const { db, pool, close } = openDatabase(process.env.DATABASE_URL ?? '', { max: 4 })
const target = JSON.parse(process.env.IMPORT_TARGET ?? '{}') as { workspaceId: string; importId: string }
const memory: number[] = []
const startedAt = performance.now()
const beat = () => memory.push(process.memoryUsage.rss())
await runToNextStop({ db, pool, beat, moveTest: async () => {} }, target)
const seconds = (performance.now() - startedAt) / 1_000
await close()
process.send?.({ seconds, memory })
process.disconnect?.()
