import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './run-once.ts'
import { tallyOfPlaywright, tallyOfVitest } from './tally.ts'

const units = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] }

test('a good run is counted as reported', () => {
  expect(tallyOfVitest(units, 0)).toEqual({ passed: 5, failed: 0, notRun: 2, failures: [] })
})

test('a run that ended badly without a failing test still counts a failure, and says so', () => {
  expect(tallyOfVitest(units, 1)).toMatchObject({ failed: 1, failures: [expect.stringContaining('code 1')] })
  expect(tallyOfVitest({ ...units, numFailedTests: 3 }, 1).failed).toBe(3)
})

test('a run without a report is a failure', () => {
  expect(tallyOfVitest(null, 0).failed).toBe(1)
  expect(tallyOfPlaywright(null, 0).failed).toBe(1)
})

test('each failed test is named with its file and what it said first', () => {
  const assertionResults = [
    { fullName: 'it adds', status: 'passed', failureMessages: [] },
    {
      fullName: 'it takes away',
      status: 'failed',
      failureMessages: ['AssertionError: 1 is not 2\n    at x'],
    },
  ]
  const testResults = [
    { name: 'packages/a/sum.test.ts', status: 'failed', message: '', assertionResults },
    { name: 'packages/a/bad.test.ts', status: 'failed', message: 'Cannot find sum.ts', assertionResults: [] },
  ]
  expect(tallyOfVitest({ ...units, numFailedTests: 1, testResults }, 1).failures).toEqual([
    'packages/a/sum.test.ts › it takes away › AssertionError: 1 is not 2',
    'packages/a/bad.test.ts › Cannot find sum.ts',
  ])
})

test('a story that passes only when repeated is a failure and named', () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }
  const spec = (title: string, status: string, message?: string) => ({
    title,
    file: 'login.spec.ts',
    tests: [{ status, results: message ? [{ error: { message } }, {}] : [{}] }],
  })
  const inner = { specs: [spec('signs out', 'flaky', '\u001b[31mError: slow\u001b[39m')] }
  const suites = [
    {
      specs: [spec('signs in', 'unexpected', 'Error: no\nmore'), spec('stays', 'expected')],
      suites: [inner],
    },
  ]
  expect(tallyOfPlaywright({ config: { rootDir: join(root, 'tests/e2e') }, stats, suites }, 1)).toEqual({
    passed: 4,
    failed: 2,
    notRun: 2,
    failures: [
      'tests/e2e/login.spec.ts › signs in › Error: no',
      'tests/e2e/login.spec.ts › signs out › Error: slow',
    ],
  })
})
