import { prepareToRun } from './install.mjs'

try {
  await prepareToRun()
  const { start } = await import('./stack/start.ts')
  await start(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
