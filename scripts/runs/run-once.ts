import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** The project's root folder. */
export const root = join(import.meta.dirname, '../..')

/** Runs a TypeScript file of the project to its end and returns what it printed; throws with its last words. */
export function runScript(file: string, env: NodeJS.ProcessEnv, what: string): Promise<string> {
  return runCommand(process.execPath, ['--import', 'tsx', file], { cwd: root, env }, what)
}

/** Runs a command to its end and returns what it printed; throws a sentence with its last words. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
  what: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let printed = ''
    let complained = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complained = (complained + chunk.toString()).slice(-6_000)
    })
    child.once('error', (error) => reject(new Error(`${what} could not run: ${error.message}`)))
    child.once('close', (code) => {
      if (code === 0) resolve(printed)
      else reject(new Error(`${what} failed:\n${lastWords(complained || printed)}`))
    })
  })
}

/** The end of what a failed program printed, without the lines that only tell where in the code it was. */
function lastWords(text: string): string {
  const places = /^\s+at |^node:internal|^\s*\^+$|^Node\.js v|triggerUncaughtException/
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !places.test(line))
  return lines.slice(-25).join('\n').slice(-3_000)
}
