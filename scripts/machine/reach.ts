import { connect } from 'node:net'

/** Resolves when something listens at the address; rejects with a sentence naming the variable it came from. */
export function requireReachable(variable: string, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port, timeout: 5_000 })
    const refuse = (why: string) => {
      socket.destroy()
      reject(
        new Error(
          `${variable} names ${host}:${port}, where nothing answers (${why}). Start that server or correct the variable.`,
        ),
      )
    }
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('timeout', () => refuse('no answer in 5 s'))
    socket.once('error', (error: NodeJS.ErrnoException) => refuse(error.code ?? error.message))
  })
}
