import { join } from 'node:path'
import { expect, test } from 'vitest'
import { variables } from '../../apps/worker/src/variables.ts'
import { envProblems, withoutSettings } from './env.ts'
import { helpText, readOptions } from './options.mjs'

test('an empty environment has no problems', () => {
  expect(envProblems({})).toEqual([])
  expect(envProblems({ DATABASE_URL: '', SMTP_URL: '' })).toEqual([])
})

/** Some file with a certificate in it. */
const certificate = join(import.meta.dirname, '../../packages/connectors/src/smtp/test-certificate.ts')
const server = { TEMPORAL_ADDRESS: 'temporal.example.com:7233' }

test('a complete good environment has no problems', () => {
  const env = {
    DATABASE_URL: 'postgres://u:p@db.example.com:5432/tropa?sslmode=require',
    TEMPORAL_ADDRESS: 'ns.acct.tmprl.cloud:7233',
    TEMPORAL_NAMESPACE: 'ns.acct',
    TEMPORAL_API_KEY: 'key',
    TEMPORAL_TLS: 'true',
    TEMPORAL_TLS_CA: certificate,
    TEMPORAL_TLS_CERT: certificate,
    TEMPORAL_TLS_KEY: certificate,
    SMTP_URL: 'smtps://user:pass@smtp.example.com?from=shop@example.com',
    BASE_URL: 'https://tropa.example.com',
    API_HOST: '0.0.0.0',
    API_PORT: '8080',
    WEB_PORT: '8081',
    MAILBOX_SMTP_PORT: '8025',
    WORKER_PORT: '8082',
    TROPA_SECRET: 'x'.repeat(43),
    TROPA_HOME: '/tmp',
    TROPA_OWNER_EMAIL: 'ann@example.com',
    TROPA_OWNER_PASSWORD: 'correct horse',
    TROPA_DEMO: '0',
    TROPA_LANGUAGE: 'ru',
    LOG_LEVEL: 'warn',
  }
  expect(Object.keys(env).sort()).toEqual(Object.keys(variables).sort())
  expect(envProblems(env)).toEqual([])
})

test.each([
  ['DATABASE_URL', 'mysql://h/db', /DATABASE_URL is not an address of the form postgres:/],
  ['DATABASE_URL', 'postgres://host:5432', /names no database/],
  ['TEMPORAL_ADDRESS', 'http://host:7233', /must be host:port/],
  ['TEMPORAL_NAMESPACE', 'a b', /not a namespace name/],
  ['TEMPORAL_API_KEY', 'key', /only with TEMPORAL_ADDRESS/],
  ['SMTP_URL', 'mail.example.com', /SMTP_URL is not an address of the form smtp:/],
  ['BASE_URL', 'https://example.com/app', /origin without a path/],
  ['BASE_URL', 'example.com', /BASE_URL is not an address/],
  ['API_HOST', 'http://0.0.0.0:80', /address of this machine to listen on/],
  ['API_PORT', '0', /API_PORT is not a port/],
  ['API_PORT', '65536', /API_PORT is not a port/],
  ['TROPA_SECRET', 'short', /at least 32 random bytes/],
  ['TROPA_HOME', '/etc/hostname', /TROPA_HOME is a file/],
  ['TROPA_OWNER_EMAIL', 'ann@example.com', /needs TROPA_OWNER_PASSWORD beside it/],
  ['TROPA_OWNER_EMAIL', 'ann@example', /is not an e-mail address/],
  ['TROPA_OWNER_PASSWORD', 'short', /10 to 200 characters/],
  ['LOG_LEVEL', 'loud', /LOG_LEVEL must be one of trace, debug/],
])('%s=%s is answered with a sentence', (name, value, sentence) => {
  const problems = envProblems({ [name]: value })
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(sentence)
})

test.each([
  [{ TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: 'k' }, /^TEMPORAL_TLS cannot be false beside TEMPORAL_API_KEY/],
  [{ TEMPORAL_TLS_CA: '/none.pem' }, /^TEMPORAL_TLS_CA names a file that cannot be read \(ENOENT\)/],
  [{ TEMPORAL_TLS_CA: import.meta.filename.replace('env.test', 'lock') }, /a file that is not PEM/],
  [{ TEMPORAL_TLS_CERT: certificate }, /^TEMPORAL_TLS_CERT needs TEMPORAL_TLS_KEY beside it/],
])('%j beside a Temporal server is answered with a sentence', (env, sentence) => {
  expect(envProblems({ ...server, ...env })).toEqual([expect.stringMatching(sentence)])
})

test.each([
  ['smtp://mail.example.com?tls=maybe', /may end in \?tls=starttls or \?tls=none only/],
  ['smtp://u:100%@mail.example.com', /not written as %25/],
  ['smtp://mail_server?from=a@b.test', /names a server that cannot be dialled/],
  ['smtp://mail.example.com:0?from=a@b.test', /names a server that cannot be dialled/],
  ['smtp://mail.example.com', /names no sender: end it in \?from=shop@example.com/],
  ['smtp://mail.example.com?from=shop@localhost', /sender after \?from= that is not an e-mail address/],
])('SMTP_URL=%s is answered with a sentence', (value, sentence) => {
  expect(envProblems({ SMTP_URL: value })).toEqual([expect.stringMatching(sentence)])
})

test.each([
  'smtp://mail:25?from=a@b.test',
  'smtp://[::1]:25?from=a@b.test',
  'smtps://10.0.0.7?from=a@b.test',
])('SMTP_URL=%s may be so', (value) => {
  expect(envProblems({ SMTP_URL: value })).toEqual([])
})

test('the sentence never repeats a secret', () => {
  const env = { TROPA_SECRET: 'hunter2', DATABASE_URL: 'mysql://u:hunter2@h/d', SMTP_URL: 'u:hunter2@h' }
  expect(envProblems(env)).toHaveLength(3)
  expect(envProblems(env).join()).not.toContain('hunter2')
})

test('what belongs to a real installation is kept from tests, and nothing else', () => {
  const settings = Object.fromEntries(Object.keys(variables).map((name) => [name, 'x']))
  const others = { PATH: '/bin', TROPA_TEST_DATABASE_URL: 'postgres://h/d', TEMPORAL_CLI: '/bin/temporal' }
  expect(withoutSettings({ ...settings, ...others })).toEqual(others)
})

test('all problems are told at once, two equal ports among them', () => {
  expect(envProblems({ API_PORT: '8080', WEB_PORT: '8080', LOG_LEVEL: 'x' })).toHaveLength(2)
})

test('options: modes, port and home', () => {
  expect(readOptions([], {}, '/app')).toEqual({
    mode: 'normal',
    port: null,
    home: '/app/.tropa',
    help: false,
  })
  expect(readOptions(['--prod', '--port', '9000', '--home', 'x'], { TROPA_HOME: '/y' }, '/app')).toEqual({
    mode: 'prod',
    port: 9000,
    home: '/app/x',
    help: false,
  })
  expect(readOptions(['--dev'], { TROPA_HOME: '/y' }, '/app')).toMatchObject({ mode: 'dev', home: '/y' })
})

test.each([
  [['--dev', '--prod'], /one of --dev and --prod/],
  [['--port', 'x'], /number from 1 to 65535/],
  [['--prot', '1'], /Unknown option '--prot'\. See/],
])('options %j are refused with a sentence', (args, sentence) => {
  expect(() => readOptions(args, {}, '/app')).toThrow(sentence)
})

test('the help names every variable', () => {
  for (const name of Object.keys(variables)) expect(helpText).toContain(name)
})
