/** One way to carry out the five-node journey, with a worker process of its own. */
export interface Contender {
  name: string
  pid: number
  /** Makes what `count` passages need beforehand; answers one function per passage that sets it off. */
  prepare(count: number): Promise<(() => Promise<void>)[]>
  /** How many passages have ended so far, and whether any still runs. */
  progress(): Promise<{ ended: number; running: number }>
  stop(): Promise<void>
}

/** Runs functions in their order, so many at a time. */
export async function inParallel(work: readonly (() => Promise<void>)[], atOnce: number): Promise<void> {
  let next = 0
  const lane = async () => {
    for (let one = work[next++]; one; one = work[next++]) await one()
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
