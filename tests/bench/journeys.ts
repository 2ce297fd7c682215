import type { Contender } from './contender.ts'
import { siblingServers } from './cpu.ts'
import { type Round, runRound } from './enrollments.ts'
import { median, show } from './figures.ts'
import { type LatencyFigures, measureLatency } from './latency.ts'
import { startMailSink } from './mail-sink.ts'
import type { BenchOptions } from './options.ts'
import { startReference } from './reference/contender.ts'
import { noiseWarning, type Ratio, ratioOf, ratiosTable, roundsTable } from './report.ts'
import type { Servers } from './servers.ts'
import { plainShape, startTropa } from './tropa-contender.ts'

/** What the five-node journey showed. */
export interface JourneyFigures {
  rounds: Round[]
  ratios: Ratio[]
  latency: LatencyFigures | null
}

const names = { plain: 'by hand, plain', clever: 'by hand, clever', slow: 'tropa, plain', fast: 'tropa' }
const waitMs = 1_000

/** Lets four contenders carry the same journey in turn on the same servers, and prints what it cost each. */
export async function benchJourneys(servers: Servers, options: BenchOptions): Promise<JourneyFigures> {
  const sink = await startMailSink()
  const running: Contender[] = []
  const enter = async <C extends Contender>(starting: Promise<C>): Promise<C> => {
    const contender = await starting
    running.push(contender)
    return contender
  }
  try {
    await enter(startReference(servers, sink.url, names.plain, 'plainReference', waitMs))
    await enter(startReference(servers, sink.url, names.clever, 'cleverReference', waitMs))
    await enter(startTropa(servers, sink.url, names.slow, plainShape, '1s'))
    const fast = await enter(startTropa(servers, sink.url, names.fast, {}, '1s'))
    const labels = siblingServers().set(process.pid, 'starter').set(sink.pid, 'sink')
    for (const { pid, name } of running) labels.set(pid, name)
    const rounds = await allRounds({ sink, labels }, running, options)
    const ratios = ratiosOf(rounds)
    console.log(`\n${roundsTable(rounds)}\n\n${ratiosTable(ratios)}`)
    console.log(`${reading}\n${noiseWarning(rounds)}`)
    if (!options.only.has('latency')) return { rounds, ratios, latency: null }
    return { rounds, ratios, latency: await latencyOf(fast, rounds, options) }
  } finally {
    for (const contender of running) await contender.stop()
    await sink.stop()
  }
}

const reading = `
Each line is the median of the rounds; a ratio is the median of each round's own. "CPU-ms" is per enrollment, the
mail server left out. Tropa starts from stored events: its worker routes, admits and keeps a record of every step,
which the hand-written workflows do not; what starts a hand-written workflow is counted under "starter".`

async function allRounds(
  arena: Parameters<typeof runRound>[0],
  contenders: readonly Contender[],
  options: BenchOptions,
): Promise<Round[]> {
  const rounds: Round[] = []
  for (const contender of contenders)
    await runRound(arena, contender, 0, Math.max(25, Math.round(options.enrollments / 4)))
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const contender of contenders) {
      const done = await runRound(arena, contender, round, options.enrollments)
      rounds.push(done)
      const { perSecond, cpuMsTotal, others } = done
      console.log(
        `round ${round}, ${contender.name}: ${show(perSecond)} per s, ${show(cpuMsTotal)} CPU-ms each; others took ${show(100 * others)} % of the machine`,
      )
    }
  }
  return rounds
}

function ratiosOf(rounds: readonly Round[]): Ratio[] {
  const speed = (name: string, reference: string): Ratio => ({
    what: `enrollments/s: ${name} / ${reference}`,
    value: ratioOf(rounds, name, reference, ({ perSecond }) => perSecond),
  })
  const cpu = (name: string, reference: string): Ratio => ({
    what: `CPU: ${name} / ${reference}`,
    value: ratioOf(rounds, name, reference, ({ cpuMsTotal }) => cpuMsTotal),
  })
  const { fast, slow, plain, clever } = names
  return [
    { ...speed(fast, plain), target: { atLeast: 2 } },
    { ...cpu(fast, plain), target: { atMost: 0.5 } },
    { ...speed(fast, clever), target: { atLeast: 1.3 } },
    { ...cpu(fast, clever), target: { atMost: 0.77 } },
    speed(slow, plain),
  ]
}

async function latencyOf(
  fast: Parameters<typeof measureLatency>[0],
  rounds: readonly Round[],
  { quick }: BenchOptions,
): Promise<LatencyFigures> {
  const speeds = rounds.filter(({ contender }) => contender === fast.name).map(({ perSecond }) => perSecond)
  const figures = await measureLatency(fast, median(speeds) / 2, quick ? 8 : 20)
  const { eventsPerSecond, events, lateStarts, p50, p95, p99, longest } = figures
  console.log(`
Event accepted → first send attempted, ${events} events at ${show(eventsPerSecond)} a second, half of what the run sustained
(${lateStarts} stored late): p50 ${show(p50)} ms (target < 200), p95 ${show(p95)} (< 1,000), p99 ${show(p99)} (< 3,000), longest ${show(longest)}`)
  return figures
}
