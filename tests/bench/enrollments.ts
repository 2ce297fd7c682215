import { type Contender, inParallel } from './contender.ts'
import { type CpuUse, cpuBetween, cpuOf, machineBusyMs, shareOfOthers } from './cpu.ts'
import type { MailSink } from './mail-sink.ts'

/** One contender's passage of so many enrollments. */
export interface Round {
  contender: string
  round: number
  enrollments: number
  /** From the first start to the last end. */
  seconds: number
  perSecond: number
  /** CPU milliseconds an enrollment, by process. */
  cpuMs: CpuUse
  /** Without the mail server, which is nobody's. */
  cpuMsTotal: number
  /** Share of the machine that strangers took meanwhile, 0 to 1. */
  others: number
}

/** What a round needs to be counted. */
export interface Arena {
  sink: MailSink
  /** Whose CPU time is whose, by process id. */
  labels: ReadonlyMap<number, string>
}

const startsAtOnce = 32
const pollMs = 50
const settleMs = 2_000
const longestRoundMs = 240_000

/**
 * Lets one contender carry so many enrollments from start to end and measures it. Throws when one does not end, or
 * when there is not exactly one mail for every send: such a round is worth nothing.
 */
export async function runRound(
  arena: Arena,
  contender: Contender,
  round: number,
  enrollments: number,
): Promise<Round> {
  const starts = await contender.prepare(enrollments)
  const mailsBefore = await arena.sink.count()
  const endedBefore = (await contender.progress()).ended
  const [cpuBefore, busyBefore, startedAt] = [cpuOf(arena.labels), machineBusyMs(), performance.now()]
  await inParallel(starts, startsAtOnce)
  await until(
    contender.name,
    startedAt,
    async () => (await mailsSince(arena, mailsBefore)) >= 2 * enrollments,
  )
  await until(contender.name, startedAt, async () => {
    const { ended, running } = await contender.progress()
    return running === 0 && ended - endedBefore >= enrollments
  })
  const seconds = (performance.now() - startedAt) / 1_000
  await sleep(settleMs)
  const use = cpuBetween(cpuBefore, cpuOf(arena.labels))
  const wallMs = performance.now() - startedAt
  const others = shareOfOthers(machineBusyMs() - busyBefore, use, wallMs)
  const mails = await mailsSince(arena, mailsBefore)
  const ended = (await contender.progress()).ended - endedBefore
  if (mails !== 2 * enrollments || ended !== enrollments)
    throw new Error(
      `The round is void: ${contender.name} ended ${ended} of ${enrollments} enrollments and sent ${mails} of ${2 * enrollments} mails.`,
    )
  const cpuMs = perEnrollment(use, contender.name, enrollments)
  const total = Object.entries(cpuMs).reduce((sum, [label, ms]) => (label === 'sink' ? sum : sum + ms), 0)
  return {
    contender: contender.name,
    round,
    enrollments,
    seconds,
    perSecond: enrollments / seconds,
    cpuMs,
    cpuMsTotal: total,
    others,
  }
}

/** The CPU of one round: the contender's own worker and the servers; the idle workers of the others are left out. */
function perEnrollment(use: CpuUse, contender: string, enrollments: number): CpuUse {
  const shared = ['temporal', 'postgres', 'starter', 'sink']
  const own = Object.entries(use).filter(([label]) => label === contender || shared.includes(label))
  return Object.fromEntries(
    own.map(([label, ms]) => [label === contender ? 'worker' : label, ms / enrollments]),
  )
}

async function mailsSince({ sink }: Arena, before: number): Promise<number> {
  return (await sink.count()) - before
}

async function until(name: string, startedAt: number, check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) {
    if (performance.now() - startedAt > longestRoundMs)
      throw new Error(
        `The round is void: ${name} did not end its enrollments within ${longestRoundMs / 1_000} s.`,
      )
    await sleep(pollMs)
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
