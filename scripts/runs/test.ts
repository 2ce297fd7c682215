import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sweepLeftovers } from '../../tests/setup/services.ts'
import { anyFreePort } from '../machine/ports.ts'
import { findChromium } from '../programs/chromium.ts'
import { withoutSettings } from '../stack/env.ts'
import { cacheFolder } from '../stack/services.ts'
import { bringStack, type RunningStack, type StackRequest } from '../stack/stack.ts'
import { endChildren, onEndingSignal, runNode } from './child.ts'
import { root } from './run-once.ts'
import { type Tally, tallyOfPlaywright, tallyOfVitest } from './tally.ts'
import { makeThrowaway, removeThrowaway, sweepThrowaways } from './throwaway.ts'

type OnStoppable = NonNullable<StackRequest['onStoppable']>

const say = (line: string) => console.log(line)

function testEnv(): NodeJS.ProcessEnv {
  const { LOG_LEVEL } = process.env
  return { ...withoutSettings(process.env), ...(LOG_LEVEL ? { LOG_LEVEL } : {}) }
}

function run(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  stopSignal: NodeJS.Signals,
): Promise<number> {
  return runNode([join(root, 'node_modules', program), ...args], env, stopSignal)
}

function reportIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

async function runUnits(folder: string, filters: string[]): Promise<Tally> {
  const file = join(folder, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const empty = filters.length > 0 ? ['--passWithNoTests'] : []
  const code = await run(
    'vitest/vitest.mjs',
    ['run', ...reporters, ...empty, ...filters],
    testEnv(),
    'SIGTERM',
  )
  return tallyOfVitest(reportIn(file), code)
}

async function bringTestStack(folder: string, onStoppable: OnStoppable): Promise<RunningStack> {
  const ports = {
    API_PORT: await anyFreePort(),
    MAILBOX_SMTP_PORT: await anyFreePort(),
    WORKER_PORT: await anyFreePort(),
  }
  const env = { ...testEnv(), TROPA_DEMO: '1' }
  for (const [name, port] of Object.entries(ports)) Object.assign(env, { [name]: String(port) })
  const answer = await bringStack({
    mode: 'prod',
    port: null,
    home: join(folder, 'home'),
    env,
    say,
    onStoppable,
  })
  if ('already' in answer) throw new Error('The folder of the browser tests is in use by another run.')
  return answer.stack
}

async function runStories(folder: string, filters: string[], onStoppable: OnStoppable): Promise<Tally> {
  const chromium = await findChromium(cacheFolder(folder), say)
  const stack = await bringTestStack(folder, onStoppable)
  try {
    const file = join(folder, 'playwright.json')
    const env = {
      ...stack.env,
      PLAYWRIGHT_CHROMIUM: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      TROPA_URL: stack.address,
      NODE_ENV: 'test',
    }
    const args = ['test', '--config', 'tests/playwright.config.ts', '--reporter=list,json']
    const empty = filters.length > 0 ? ['--pass-with-no-tests'] : []
    const code = await run('@playwright/test/cli.js', [...args, ...empty, ...filters], env, 'SIGINT')
    return tallyOfPlaywright(reportIn(file), code)
  } finally {
    await stack.stop()
  }
}

function readArgs(args: readonly string[]): { only: string | null; filters: string[] } {
  const filters = [...args]
  const at = filters.indexOf('--only')
  if (at === -1) return { only: null, filters }
  const [, only] = filters.splice(at, 2)
  if (only !== 'unit' && only !== 'e2e') throw new Error('--only takes "unit" or "e2e".')
  return { only, filters }
}

/**
 * `npm test`: unit tests, then browser stories against a fresh Tropa of their own. Prints `N passed, M failed`
 * as its last line; true when nothing failed.
 */
export async function test(args: readonly string[]): Promise<boolean> {
  const { only, filters } = readArgs(args)
  await sweepThrowaways(say)
  const folder = makeThrowaway('tropa-run-')
  let stopStack = async () => {}
  const unlessEnding = onEndingSignal(async () => {
    await endChildren()
    await sweepLeftovers()
    await stopStack()
    removeThrowaway(folder)
  })
  const onStoppable: OnStoppable = (stop) => {
    stopStack = stop
  }
  try {
    const tallies: Tally[] = []
    if (only !== 'e2e') tallies.push(await runUnits(folder, filters))
    await unlessEnding()
    if (only !== 'unit')
      tallies.push(
        await runStories(folder, filters, onStoppable).catch((error) =>
          unlessEnding().then(() => failedStart(error)),
        ),
      )
    await unlessEnding()
    const sum = (part: 'passed' | 'failed' | 'notRun') =>
      tallies.reduce((total, tally) => total + tally[part], 0)
    for (const line of tallies.flatMap(({ failures }) => failures)) say(`FAILED ${line}`)
    if (sum('notRun') > 0) say(`${sum('notRun')} NOT RUN`)
    say(`${sum('passed')} passed, ${sum('failed')} failed`)
    return sum('failed') === 0
  } finally {
    await unlessEnding()
    removeThrowaway(folder)
  }
}

function failedStart(error: unknown): Tally {
  const why = `The browser tests could not start: ${error instanceof Error ? error.message : error}`
  return { passed: 0, failed: 1, notRun: 0, failures: [why] }
}
