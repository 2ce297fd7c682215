import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'

const largest = 20 * 1024 * 1024

/** A log file of one process: every line stamped; the file before it is kept as `name.1.log`. */
export interface LogFile {
  write(line: string): void
  /** Closes the file; lines that come later are dropped. */
  end(): Promise<void>
}

/** Opens `<folder>/<name>.log` for appending; it starts anew when it grows beyond `limit` bytes. */
export function openLog(folder: string, name: string, limit = largest): LogFile {
  const path = join(folder, `${name}.log`)
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  let file: WriteStream = createWriteStream(path, { flags: 'a' })
  const turn = () => {
    file.end()
    renameSync(path, join(folder, `${name}.1.log`))
    file = createWriteStream(path, { flags: 'a' })
    size = 0
  }
  let ended = false
  return {
    write: (line) => {
      if (ended) return
      const text = `${new Date().toISOString()} [${name}] ${line}\n`
      if (size + text.length > limit && size > 0) turn()
      size += text.length
      file.write(text)
    },
    end: () => {
      ended = true
      return new Promise((resolve) => file.end(() => resolve()))
    },
  }
}

/** Splits a stream of chunks into whole lines; `flush` gives what is left without a line end. */
export function lineSplitter(each: (line: string) => void): { push(chunk: Buffer): void; flush(): void } {
  let rest = ''
  return {
    push: (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) each(line)
    },
    flush: () => {
      if (rest) each(rest)
      rest = ''
    },
  }
}

/** The sentence of a structured log line that a person at the terminal must see (errors), else null. */
export function problemInJson(line: string): string | null {
  if (!line.startsWith('{')) return null
  try {
    const { level, msg, err } = JSON.parse(line) as {
      level?: number
      msg?: string
      err?: { message?: string }
    }
    if (typeof level !== 'number' || level < 50) return null
    return [msg, err?.message].filter(Boolean).join(': ') || line
  } catch {
    return null
  }
}

/** The line when Postgres reports something fatal, else null. */
export function problemInPostgres(line: string): string | null {
  if (!/\b(FATAL|PANIC)\b/.test(line)) return null
  return /starting up|shutting down|administrator command/.test(line) ? null : line
}
