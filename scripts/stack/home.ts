import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Ports } from '../machine/ports.ts'

/** Makes the folder where this copy of Tropa keeps everything, closed to other users. */
export function openHome(home: string): void {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  try {
    mkdirSync(dirname(home), { recursive: true })
    if (!existsSync(home)) mkdirSync(home, { mode })
    for (const name of ['logs', 'cache']) mkdirSync(join(home, name), { recursive: true })
    accessSync(home, constants.W_OK)
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new Error(`${home} cannot be written to (${why}). Choose another folder with --home or TROPA_HOME.`)
  }
}

/** The secret of this home: made once, kept in a file only its owner may read. */
export function homeSecret(home: string): string {
  const file = join(home, 'secret')
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (Buffer.from(secret, 'base64url').length < 32)
    throw new Error(
      `${file} holds no usable secret. Restore it from a backup, or delete it to make a new one (everyone is signed out and stored credentials must be entered again).`,
    )
  return secret
}

/** The ports this home used last time; empty at the first start or when the file is not readable. */
export function rememberedPorts(home: string): Partial<Ports> {
  try {
    return JSON.parse(readFileSync(join(home, 'ports.json'), 'utf8')) as Partial<Ports>
  } catch {
    return {}
  }
}

/** Keeps the ports for the next start. */
export function rememberPorts(home: string, ports: Ports): void {
  writeFileSync(join(home, 'ports.json'), `${JSON.stringify(ports, null, 2)}\n`)
}
