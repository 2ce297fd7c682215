import { closeSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'

const largest = 20 * 1024 * 1024

/** A log file of one process: every line stamped; the file before it is kept as `name.1.log`. */
export interface LogFile {
  write(line: string): void
  /** Closes the file; lines that come later are dropped. */
  end(): void
}

/** Opens `<folder>/<name>.log` for appending; it starts anew when it would grow beyond `limit` bytes. */
export function openLog(folder: string, name: string, limit = largest): LogFile {
  const path = join(folder, `${name}.log`)
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  let file: number | null = openSync(path, 'a')
  let lost = 0
  const append = (line: string) => {
    if (file === null) return
    const text = `${new Date().toISOString()} [${name}] ${line}\n`
    const bytes = Buffer.byteLength(text)
    if (size + bytes > limit && size > 0) {
      closeSync(file)
      renameSync(path, join(folder, `${name}.1.log`))
      file = openSync(path, 'a')
      size = 0
    }
    size += bytes
    writeSync(file, text)
  }
  return {
    write: (line) => {
      try {
        if (lost > 0) append(`${lost} lines before this one could not be written`)
        lost = 0
        append(line)
      } catch {
        // A full disk must not end the supervisor; the next line that fits tells how many are missing.
        lost += 1
      }
    },
    end: () => {
      if (file !== null) closeSync(file)
      file = null
    },
  }
}

/** Splits a stream of chunks into whole lines; `flush` gives what is left without a line end. */
export function lineSplitter(each: (line: string) => void): { push(chunk: Buffer): void; flush(): void } {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return {
    push: (chunk) => {
      const lines = (rest + decoder.write(chunk)).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) each(line)
    },
    flush: () => {
      rest += decoder.end()
      if (rest) each(rest)
      rest = ''
    },
  }
}

interface LogLine {
  level?: number
  msg?: string
  /** What was being done, in the reports of failures that are tried again and of their end. */
  during?: string
  failures?: number
  error?: unknown
  code?: string
  sdk?: string
  err?: { message?: string }
}

/** The sentence of a structured log line that a person at the terminal must see (errors, and their end), else null. */
export function problemInJson(line: string): string | null {
  if (!line.startsWith('{')) return null
  try {
    const { level, msg, during, failures, error, code, sdk, err } = JSON.parse(line) as LogLine
    const ended = during !== undefined && failures !== undefined
    if (typeof level !== 'number' || (level < 50 && !ended)) return null
    const said = [during, msg, err?.message, sdk].filter(Boolean).join(': ')
    const why = [typeof error === 'string' ? error : null, code].filter(Boolean).join(' ')
    return `${said}${why ? ` (${why})` : ''}` || line
  } catch {
    return null
  }
}

/** The line when Postgres reports something fatal, else null. */
export function problemInPostgres(line: string): string | null {
  if (!/\b(FATAL|PANIC)\b/.test(line)) return null
  return /starting up|shutting down|not yet accepting|administrator command|unexpected postmaster exit/.test(
    line,
  )
    ? null
    : line
}
