import type { StartOptions } from './options.mjs'
import { bringStack } from './stack.ts'

const say = (line: string) => console.log(line)

/** How long a start took, “48 s” and “2 min 5 s”. */
export function tookInWords(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `npm start`: brings everything up, says where to look, and stops all of it on Ctrl+C or SIGTERM. */
export async function start(options: StartOptions): Promise<void> {
  let stop: (() => Promise<void>) | null = null
  let leaving = false
  const leave = () => {
    if (leaving) return
    leaving = true
    say('Stopping…')
    void (stop?.() ?? Promise.resolve()).then(
      () => {
        say('Stopped.')
        process.exit(0)
      },
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)
  process.on('SIGHUP', leave)
  const answer = await bringStack({
    ...options,
    env: process.env,
    say,
    onStoppable: (stopAll) => {
      stop = stopAll
    },
  }).catch((error: unknown) => {
    if (leaving) return null
    throw error
  })
  if (!answer) return
  if ('already' in answer) {
    const { owner, address } = answer.already
    say(
      `Tropa already runs on ${options.home} (process ${owner.pid})${address ? ` at ${address}` : ', still starting'}.`,
    )
    process.exit(0)
  }
  const { stack } = answer
  // The clock of the process runs since the command began, so the installation counts, too.
  say(`\nTropa is ready at ${stack.address}  (after ${tookInWords(performance.now())})`)
  for (const line of stack.welcome) say(line)
  if (!process.env.DATABASE_URL || !process.env.TEMPORAL_ADDRESS)
    say(
      'Embedded Postgres and Temporal serve one machine; DATABASE_URL and TEMPORAL_ADDRESS switch to your own servers.',
    )
  say(`Logs: ${options.home}/logs   Stop: Ctrl+C`)
}
