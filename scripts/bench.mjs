import { prepareToRun } from './install.mjs'

try {
  await prepareToRun()
  const { bench } = await import('./runs/bench.ts')
  process.exit(await bench(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
