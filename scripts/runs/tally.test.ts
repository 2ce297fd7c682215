import { expect, test } from 'vitest'
import { tallyOfPlaywright, tallyOfVitest } from './tally.ts'

const units = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 }

test('a good run is counted as reported', () => {
  expect(tallyOfVitest(units, 0)).toEqual({ passed: 5, failed: 0, notRun: 2 })
})

test('a run that ended badly without a failing test still counts a failure', () => {
  expect(tallyOfVitest(units, 1).failed).toBe(1)
  expect(tallyOfVitest({ ...units, numFailedTests: 3 }, 1).failed).toBe(3)
})

test('a run without a report is a failure', () => {
  expect(tallyOfVitest(null, 0).failed).toBe(1)
  expect(tallyOfPlaywright(null, 0).failed).toBe(1)
})

test('a story that passes only when repeated is a failure', () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }
  expect(tallyOfPlaywright({ stats }, 1)).toEqual({ passed: 4, failed: 2, notRun: 2 })
})
