import { prepareToRun } from './install.mjs'

try {
  await prepareToRun()
  const { test } = await import('./runs/test.ts')
  process.exit((await test(process.argv.slice(2))) ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
