import { startEngine } from '@tropa/worker/engine'
import { freshNamespace } from '@tropa/worker/testing'
import { createDatabase, useTemporal } from '../../../../tests/setup/use-services.ts'
import { baseUrl, openApp } from '../testing.ts'

/** The app over a database of its own with an engine that runs imports, on the tests' Temporal. */
export async function openAppWithEngine() {
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
