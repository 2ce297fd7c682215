import { writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { resolve } from 'node:path'
import { benchConditions } from './conditions.ts'
import { show } from './figures.ts'
import { benchImport } from './import.ts'
import { benchIngest } from './ingest.ts'
import { benchJourneys } from './journeys.ts'
import { type BenchOptions, readOptions } from './options.ts'
import { table } from './report.ts'
import { serversFrom } from './servers.ts'

/** `npm run bench`: measures what is asked for, prints it, and writes all raw numbers to a file. */
const options = readOptions(process.argv.slice(2))
const results: Record<string, unknown> = {
  machine: machine(),
  options: { ...options, only: [...options.only] },
}
let failed = false

await part('conditions', async () => {
  const figures = await benchConditions(options.quick ? 1 : 2)
  console.log(list(figures))
  return figures
})
await part('enrollments', () => benchJourneys(serversFrom(process.env), options))

await part('ingest', async () => {
  const figures = await benchIngest(serversFrom(process.env), options)
  console.log(list(figures))
  return figures
})
await part('import', async () => {
  const figures = await benchImport(serversFrom(process.env), options)
  console.log(list(figures))
  return figures
})

const file = resolve(options.out)
writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
console.log(`\nAll raw numbers: ${file}`)
process.exit(failed ? 1 : 0)

async function part(
  name: BenchOptions['only'] extends Set<infer P> ? P : never,
  work: () => Promise<unknown>,
) {
  if (!options.only.has(name)) return
  console.log(`\n${name}: load average before ${show(loadavg()[0] ?? 0)}`)
  try {
    results[name] = await work()
  } catch (error) {
    failed = true
    results[name] = { failed: error instanceof Error ? error.message : String(error) }
    console.error(error)
  }
}

function list(figures: object): string {
  return table(
    ['figure', 'value'],
    Object.entries(figures).map(([name, figure]) => [name, show(Number(figure))]),
  )
}

function machine() {
  const [first] = cpus()
  return {
    at: new Date().toISOString(),
    cores: cpus().length,
    cpu: first?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    loadAverage: loadavg(),
  }
}
