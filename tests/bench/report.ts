import type { Round } from './enrollments.ts'
import { median, show } from './figures.ts'

/** A figure from one run, against its target if it has one. */
export interface Ratio {
  what: string
  value: number
  target?: { atLeast: number } | { atMost: number }
}

/** Prints rows under headings, in columns. */
export function table(headings: string[], rows: string[][]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  return [headings, ...rows].map((row) => line(row).trimEnd()).join('\n')
}

/** The rounds of each contender, as medians with the lowest and highest. */
export function roundsTable(rounds: readonly Round[]): string {
  const names = [...new Set(rounds.map(({ contender }) => contender))]
  const rows = names.map((name) => {
    const mine = rounds.filter(({ contender }) => contender === name)
    const middle = (of: (round: Round) => number) => show(median(mine.map(of)))
    const speeds = mine.map(({ perSecond }) => perSecond)
    const cpu = (label: string) => middle(({ cpuMs }) => cpuMs[label] ?? Number.NaN)
    return [
      name,
      middle(({ perSecond }) => perSecond),
      `${show(Math.min(...speeds))} to ${show(Math.max(...speeds))}`,
      middle(({ cpuMsTotal }) => cpuMsTotal),
      ...['worker', 'temporal', 'postgres', 'starter'].map(cpu),
      `${show(100 * median(mine.map(({ others }) => others)))} %`,
    ]
  })
  return table(
    ['contender', 'per s', 'range', 'CPU-ms', 'worker', 'temporal', 'postgres', 'starter', 'others'],
    rows,
  )
}

/** Each round's ratio of one contender to another, and the median of these: what troubled one round troubled both. */
export function ratioOf(
  rounds: readonly Round[],
  contender: string,
  reference: string,
  of: (round: Round) => number,
): number {
  const ofRound = (name: string, round: number) =>
    rounds.find((one) => one.contender === name && one.round === round)
  const numbers = [...new Set(rounds.map(({ round }) => round))]
  return median(
    numbers.flatMap((number) => {
      const [mine, theirs] = [ofRound(contender, number), ofRound(reference, number)]
      return mine && theirs ? [of(mine) / of(theirs)] : []
    }),
  )
}

/** Prints ratios with their targets. */
export function ratiosTable(ratios: readonly Ratio[]): string {
  return table(
    ['ratio', 'measured', 'target', ''],
    ratios.map(({ what, value, target }) => [what, show(value), ...verdict(value, target)]),
  )
}

function verdict(value: number, target: Ratio['target']): [target: string, verdict: string] {
  if (!target) return ['', 'for comparison']
  const [sign, limit] = 'atLeast' in target ? ['≥', target.atLeast] : ['≤', target.atMost]
  const reached = sign === '≥' ? value >= limit : value <= limit
  return [`${sign} ${limit}`, reached ? 'reached' : 'not reached']
}

const quiet = 0.1

/** What to say when strangers took much of the machine, or more from one contender than from another; empty when calm. */
export function noiseWarning(rounds: readonly Round[]): string {
  const shares = rounds.map(({ others }) => others)
  const most = Math.max(...shares)
  if (!(most > quiet)) return ''
  return `Other processes took ${show(100 * Math.min(...shares))} to ${show(100 * most)} % of the machine: enrollments/s and their ratios of this run are not to be trusted, CPU-ms only roughly. Run it again on a quiet machine.`
}
