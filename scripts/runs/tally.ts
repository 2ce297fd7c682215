/** How many tests ended how. */
export interface Tally {
  passed: number
  failed: number
  notRun: number
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

/** A run that ended badly counts at least one failure, whatever its report says or lacks. */
function honest(tally: Tally, exitCode: number): Tally {
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally
}

/** The tally of a vitest JSON report. */
export function tallyOfVitest(report: unknown, exitCode: number): Tally {
  if (!report) return { passed: 0, failed: 1, notRun: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report as VitestReport
  return honest(
    { passed: numPassedTests, failed: numFailedTests, notRun: numPendingTests + numTodoTests },
    exitCode,
  )
}

/** The tally of a Playwright JSON report; a test that passed only when repeated counts as failed. */
export function tallyOfPlaywright(report: unknown, exitCode: number): Tally {
  if (!report) return { passed: 0, failed: 1, notRun: 0 }
  const { expected, unexpected, flaky, skipped } = (report as PlaywrightReport).stats
  return honest({ passed: expected, failed: unexpected + flaky, notRun: skipped }, exitCode)
}
