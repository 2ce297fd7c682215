import { join, relative, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from './run-once.ts'

/** How many tests ended how, and for each that failed its file, its name and what it said first. */
export interface Tally {
  passed: number
  failed: number
  notRun: number
  failures: string[]
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[]
  specs: {
    title: string
    file: string
    tests: { status: string; results: { error?: { message?: string } }[] }[]
  }[]
}

interface PlaywrightReport {
  config: { rootDir: string }
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  suites: PlaywrightSuite[]
}

const noReport: Tally = { passed: 0, failed: 1, notRun: 0, failures: ['The run ended without a report.'] }

/** A run that ended badly counts at least one failure, whatever its report says or lacks. */
function honest(tally: Tally, exitCode: number): Tally {
  if (exitCode === 0 || tally.failed > 0) return tally
  const why = `No test failed, but the run ended with exit code ${exitCode}: it says above why.`
  return { ...tally, failed: 1, failures: [...tally.failures, why] }
}

function failure(file: string, name: string, message: string | undefined): string {
  const said = stripVTControlCharacters(message ?? '').trim()
  const [first = ''] = said.split('\n')
  return [relative(root, resolve(root, file)), name, first].filter(Boolean).join(' › ')
}

/** The tally of a vitest JSON report. */
export function tallyOfVitest(report: unknown, exitCode: number): Tally {
  if (!report) return noReport
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    report as VitestReport
  const failures = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0) return [failure(name, '', message)]
    return failed.map((test) => failure(name, test.fullName, test.failureMessages[0]))
  })
  const notRun = numPendingTests + numTodoTests
  return honest({ passed: numPassedTests, failed: numFailedTests, notRun, failures }, exitCode)
}

/** The tally of a Playwright JSON report; a test that passed only when repeated counts as failed. */
export function tallyOfPlaywright(report: unknown, exitCode: number): Tally {
  if (!report) return noReport
  const { config, stats, suites } = report as PlaywrightReport
  const { expected, unexpected, flaky, skipped } = stats
  const tally = { passed: expected, failed: unexpected + flaky, notRun: skipped }
  return honest(
    { ...tally, failures: suites.flatMap((suite) => failuresIn(suite, config.rootDir)) },
    exitCode,
  )
}

function failuresIn({ specs, suites = [] }: PlaywrightSuite, folder: string): string[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) =>
        failure(join(folder, file), title, results.find((result) => result.error)?.error?.message),
      ),
  )
  return [...own, ...suites.flatMap((suite) => failuresIn(suite, folder))]
}
