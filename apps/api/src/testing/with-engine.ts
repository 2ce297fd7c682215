import { startEngine } from '@tropa/worker/engine'
import { freshNamespace } from '@tropa/worker/testing'
import { afterAll, beforeAll } from 'vitest'
import { createDatabase, useTemporal } from '../../../../tests/setup/use-services.ts'
import { type AppUnderTest, baseUrl, openApp } from '../testing.ts'

/** The app over a database of its own with an engine that runs imports, on the tests' Temporal. */
async function openAppWithEngine() {
  const database = await createDatabase()
  const temporal = await freshNamespace(await useTemporal())
  const api = await openApp(database.url, { temporal })
  const engine = await startEngine({
    databaseUrl: database.url,
    temporal,
    secret: api.deps.installation.secret,
    baseUrl,
    imports: true,
  })
  await engine.becomeReady(60_000)
  return {
    api,
    databaseUrl: database.url,
    async stop() {
      await engine.stop()
      await api.stop()
      await database.drop()
    },
  }
}

/** Gives a test file the app over a database of its own with an engine beside it; all are gone after its last test. */
export function withEngine(take: (app: AppUnderTest, databaseUrl: string) => void | Promise<void>): void {
  let stop: (() => Promise<void>) | undefined
  beforeAll(async () => {
    const opened = await openAppWithEngine()
    stop = opened.stop
    await take(opened.api, opened.databaseUrl)
  })
  afterAll(() => stop?.())
}
