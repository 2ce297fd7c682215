import { EnvProblem } from './env.ts'

/** Opens something that listens on the port a variable names; a port that cannot be had becomes `EnvProblem`. */
export async function listening<T>(
  variable: string,
  port: number,
  open: (port: number) => Promise<T>,
): Promise<T> {
  try {
    return await open(port)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    const why = code === 'EACCES' ? 'may not be opened by this user' : 'is taken by another program'
    throw new EnvProblem(
      `The worker could not start: port ${port} ${why}. Free it, or name another with ${variable}.`,
    )
  }
}
