import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** CPU milliseconds spent so far, by label. */
export type CpuUse = Record<string, number>

interface ProcessStat {
  pid: number
  parent: number
  command: string
  /** Own and waited-for children's user and system time, milliseconds. */
  ms: number
}

const msPerTick = 10

/**
 * Sums the CPU time of processes by label, from Linux's /proc (proc_pid_stat(5)): each process counts for its nearest
 * labelled ancestor or itself. Empty where there is no /proc.
 */
export function cpuOf(labels: ReadonlyMap<number, string>): CpuUse {
  const all = readAll()
  const byPid = new Map(all.map((stat) => [stat.pid, stat]))
  const use: CpuUse = {}
  for (const stat of all) {
    let at: ProcessStat | undefined = stat
    while (at && !labels.has(at.pid)) at = byPid.get(at.parent)
    const label = at && labels.get(at.pid)
    if (label) use[label] = (use[label] ?? 0) + stat.ms
  }
  return use
}

/** Labels for the processes that whoever started this one started too: the database and Temporal, by command name. */
export function siblingServers(): Map<number, string> {
  const names = new Set(['postgres', 'temporal'])
  const siblings = readAll().filter(({ parent, command }) => parent === process.ppid && names.has(command))
  return new Map(siblings.map(({ pid, command }) => [pid, command]))
}

/** What was spent between two readings. */
export function cpuBetween(before: CpuUse, after: CpuUse): CpuUse {
  return Object.fromEntries(Object.entries(after).map(([label, ms]) => [label, ms - (before[label] ?? 0)]))
}

/** CPU milliseconds the whole machine has been busy since it started; NaN where there is no /proc. */
export function machineBusyMs(): number {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
    const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0] = line
      .trim()
      .split(/\s+/)
      .slice(1)
      .map(Number)
    return (user + nice + system + irq + soft) * msPerTick
  } catch {
    return Number.NaN
  }
}

/** The share of the machine (0 to 1) that processes other than ours took while `wallMs` passed. */
export function shareOfOthers(busyMs: number, ours: CpuUse, wallMs: number): number {
  const mine = Object.values(ours).reduce((sum, ms) => sum + ms, 0)
  return Math.max(0, (busyMs - mine) / (wallMs * cpus().length))
}

function readAll(): ProcessStat[] {
  let names: string[]
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
  return names.flatMap((name) => {
    try {
      return [parse(readFileSync(`/proc/${name}/stat`, 'utf8'))]
    } catch {
      // It has ended since the folder was listed.
      return []
    }
  })
}

function parse(stat: string): ProcessStat {
  const close = stat.lastIndexOf(')')
  const rest = stat.slice(close + 2).split(' ')
  const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(rest[field]), 0)
  const command = stat.slice(stat.indexOf('(') + 1, close)
  return {
    pid: Number(stat.slice(0, stat.indexOf(' '))),
    parent: Number(rest[1]),
    command,
    ms: ticks * msPerTick,
  }
}
