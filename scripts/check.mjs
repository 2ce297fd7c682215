import { prepareToRun } from './install.mjs'

try {
  await prepareToRun()
  const { check } = await import('./runs/check.ts')
  process.exit(check() ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
