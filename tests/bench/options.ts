import { parseArgs } from 'node:util'

export const parts = ['enrollments', 'latency', 'ingest', 'conditions', 'import'] as const

export type Part = (typeof parts)[number]

/** What one run measures, and how much. */
export interface BenchOptions {
  only: Set<Part>
  quick: boolean
  /** Of one contender in one round: so many that the second each of them waits is a small part of it. */
  enrollments: number
  rounds: number
  out: string
}

/** Reads the command line; throws a sentence when it cannot be understood. Latency needs the rate the enrollments show. */
export function readOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      enrollments: { type: 'string' },
      rounds: { type: 'string' },
      out: { type: 'string', default: 'bench-results.json' },
    },
  })
  const asked = values.only?.split(',') ?? [...parts]
  const unknown = asked.filter((part) => !(parts as readonly string[]).includes(part))
  if (unknown.length > 0)
    throw new Error(
      `There is nothing called ${unknown.join(', ')} to measure. Choose from: ${parts.join(', ')}.`,
    )
  const only = new Set(asked as Part[])
  if (only.has('latency')) only.add('enrollments')
  const { quick, out } = values
  return {
    only,
    quick,
    out,
    enrollments: whole('--enrollments', values.enrollments, quick ? 100 : 1_000),
    rounds: whole('--rounds', values.rounds, quick ? 2 : 3),
  }
}

function whole(name: string, given: string | undefined, usual: number): number {
  const value = given === undefined ? usual : Number(given)
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} takes a whole number from 1 up.`)
  return value
}
