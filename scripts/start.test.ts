import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

let root: string

/** A clone in which nothing is installed: only what a start reads before it installs. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tropa-bare-'))
  mkdirSync(join(root, 'scripts/stack'), { recursive: true })
  for (const file of ['start.mjs', 'install.mjs', 'stack/options.mjs'])
    cpSync(join(import.meta.dirname, file), join(root, 'scripts', file))
})

afterEach(() => rmSync(root, { recursive: true }))

function start(args: string[], env: NodeJS.ProcessEnv = {}) {
  const answer = spawnSync(process.execPath, ['scripts/start.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  })
  expect(existsSync(join(root, 'node_modules'))).toBe(false)
  return answer
}

test('--help answers before anything is installed', () => {
  const { status, stdout, stderr } = start(['--help'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^npm start \[-- options\]/)
})

test.each([
  [['--prot', '1'], 'Unknown option \'--prot\'. See "npm start -- --help".\n'],
  [['elsewhere'], 'Unexpected argument \'elsewhere\'. See "npm start -- --help".\n'],
  [['--port', '70000'], '--port takes a number from 1 to 65535, not "70000".\n'],
])('%j gets its sentence before anything is installed', (args, sentence) => {
  expect(start(args)).toMatchObject({ status: 1, stderr: sentence })
})

test('an option that npm kept for itself is not passed over in silence', () => {
  expect(start(['9000'], { npm_config_port: 'true' })).toMatchObject({
    status: 1,
    stderr: 'npm took --port for an option of its own. Write "npm start -- --port …" instead.\n',
  })
})
