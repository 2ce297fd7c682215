import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

/** `TROPA_GOLDEN=write npx vitest run tests/golden` rewrites the files; read the diff before committing it. */
const rewrites = process.env.TROPA_GOLDEN === 'write'

/** Compares a text with a golden file byte for byte. */
export function expectGolden(file: string, lines: string[]): void {
  const path = join(import.meta.dirname, file)
  const text = `${lines.join('\n').trim()}\n`
  if (rewrites) writeFileSync(path, text)
  expect(existsSync(path), `${file} is missing; write it with TROPA_GOLDEN=write`).toBe(true)
  expect(text).toBe(readFileSync(path, 'utf8'))
}
