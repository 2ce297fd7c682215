import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lineSplitter, openLog, problemInJson, problemInPostgres } from './log.ts'

test('lines are whole however the chunks fall', () => {
  const seen: string[] = []
  const lines = lineSplitter((line) => seen.push(line))
  for (const chunk of ['a', 'b\nc\r', '\n', 'd']) lines.push(Buffer.from(chunk))
  expect(seen).toEqual(['ab', 'c'])
  lines.flush()
  expect(seen).toEqual(['ab', 'c', 'd'])
})

test('a letter cut in two by a chunk border stays whole', () => {
  const seen: string[] = []
  const lines = lineSplitter((line) => seen.push(line))
  const bytes = Buffer.from('тропа\n')
  lines.push(bytes.subarray(0, 3))
  lines.push(bytes.subarray(3))
  expect(seen).toEqual(['тропа'])
})

test('a full log is put aside and a new one begun', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tropa-log-'))
  const log = openLog(folder, 'api', 200)
  for (let i = 0; i < 6; i++) log.write(`line ${i} of a log that fills up`)
  log.end()
  log.write('too late')
  expect(readdirSync(folder).sort()).toEqual(['api.1.log', 'api.log'])
  expect(readFileSync(join(folder, 'api.log'), 'utf8')).toContain('line 5')
  rmSync(folder, { recursive: true })
})

test('only errors of a structured log reach the terminal', () => {
  expect(problemInJson('{"level":30,"msg":"listening"}')).toBeNull()
  expect(problemInJson('{"level":50,"msg":"send failed","err":{"message":"refused"}}')).toBe(
    'send failed: refused',
  )
  expect(problemInJson('plain text')).toBeNull()
})

test('an outage says what is affected, why, and when it is over', () => {
  expect(
    problemInJson(
      '{"level":50,"during":"temporal","error":"ServiceError","code":"14","msg":"failed; trying again until it works"}',
    ),
  ).toBe('temporal: failed; trying again until it works (ServiceError 14)')
  expect(problemInJson('{"level":30,"during":"temporal","failures":7,"msg":"works again"}')).toBe(
    'temporal: works again',
  )
  expect(problemInJson('{"level":50,"sdk":"gRPC poll failed","msg":"temporal sdk"}')).toBe(
    'temporal sdk: gRPC poll failed',
  )
})

test('what Postgres says while it restarts is not a problem', () => {
  expect(problemInPostgres('FATAL:  the database system is starting up')).toBeNull()
  expect(problemInPostgres('FATAL:  terminating connection due to unexpected postmaster exit')).toBeNull()
  expect(problemInPostgres('LOG:  checkpoint complete')).toBeNull()
  expect(problemInPostgres('PANIC:  could not write to file')).toBe('PANIC:  could not write to file')
})
