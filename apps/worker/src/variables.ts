import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'

/** What is wrong with a value, as the rest of a sentence after the variable's name; null when nothing is. */
type Check = (value: string, env: NodeJS.ProcessEnv) => string | null

function urlWith(protocols: readonly string[], example: string): Check {
  return (value) => {
    const url = URL.canParse(value) ? new URL(value) : null
    if (url && protocols.includes(url.protocol) && url.hostname) return null
    return `is not an address of the form ${example}`
  }
}

const port: Check = (value) =>
  /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535
    ? null
    : 'is not a port number from 1 to 65535'

const oneOf =
  (...allowed: string[]): Check =>
  (value) =>
    allowed.includes(value) ? null : `must be one of ${allowed.join(', ')}`

const origin: Check = (value, env) => {
  const wrong = urlWith(['http:', 'https:'], 'https://tropa.example.com')(value, env)
  if (wrong) return wrong
  const { pathname, search, hash } = new URL(value)
  return pathname === '/' && !search && !hash
    ? null
    : 'must be an origin without a path, such as https://tropa.example.com'
}

const database: Check = (value, env) => {
  const wrong = urlWith(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/tropa')(value, env)
  return wrong ?? (new URL(value).pathname.length > 1 ? null : 'names no database: put /tropa after the host')
}

const hostAndPort: Check = (value) =>
  /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):\d{1,5}$/.test(value)
    ? null
    : 'must be host:port, without http://, such as temporal.example.com:7233'

const host: Check = (value) =>
  isIP(value) || /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(value)
    ? null
    : 'must be an address of this machine to listen on, without a port, such as 127.0.0.1 or 0.0.0.0'

const secret: Check = (value) =>
  /^[A-Za-z0-9_-]+={0,2}$/.test(value) && Buffer.from(value, 'base64url').length >= 32
    ? null
    : 'must hold at least 32 random bytes in base64url; make one with: node -p "crypto.randomBytes(32).toString(\'base64url\')"'

const folder: Check = (value) =>
  statSync(value, { throwIfNoEntry: false })?.isDirectory() === false ? 'is a file; name a folder' : null

const needsServer =
  (inner: Check): Check =>
  (value, env) =>
    env.TEMPORAL_ADDRESS ? inner(value, env) : 'is of use only with TEMPORAL_ADDRESS, which is not set'

const tls: Check = (value, env) => {
  const wrong = oneOf('true', 'false')(value, env)
  if (wrong || value === 'true') return wrong
  const secret = ['TEMPORAL_API_KEY', 'TEMPORAL_TLS_CA', 'TEMPORAL_TLS_CERT'].find((name) => env[name])
  return secret ? `cannot be false beside ${secret}, which is of use only with TLS` : null
}

const pemFile: Check = (value) => {
  try {
    return readFileSync(value, 'utf8').includes('-----BEGIN ') ? null : 'names a file that is not PEM'
  } catch (error) {
    return `names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`
  }
}

const beside =
  (other: string, inner: Check): Check =>
  (value, env) =>
    env[other] ? inner(value, env) : `needs ${other} beside it`

/** As the forms of the web app take one: letters come from it, or somebody signs in with it. */
const address = /^(?:[\w'+-]+\.)*[\w'+-]*[\w+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/

const smtp: Check = (value, env) => {
  const wrong = urlWith(['smtp:', 'smtps:'], 'smtp://user:password@host:587')(value, env)
  if (wrong) return wrong
  const { hostname, port: dialled, username, password, searchParams } = new URL(value)
  if (host(hostname.replace(/^\[|\]$/g, ''), env) || dialled === '0')
    return 'names a server that cannot be dialled: its name has letters, digits, dots and dashes, its port is 1 to 65535'
  try {
    decodeURIComponent(`${username}${password}`)
  } catch {
    return 'has a % in user or password that is not written as %25'
  }
  const security = searchParams.get('tls')
  if (security !== null && security !== 'none' && security !== 'starttls')
    return 'may end in ?tls=starttls or ?tls=none only'
  const from = searchParams.get('from')
  if (!from)
    return 'names no sender: end it in ?from=shop@example.com, an address this server lets you send from'
  return address.test(from) ? null : 'names a sender after ?from= that is not an e-mail address'
}

const namespace: Check = (value) =>
  /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)
    ? null
    : 'is not a namespace name (letters, digits, dot, dash, underscore)'

const email: Check = (value, env) => {
  if (!address.test(value)) return 'is not an e-mail address'
  return env.TROPA_OWNER_PASSWORD ? null : 'needs TROPA_OWNER_PASSWORD beside it'
}

const password: Check = (value, env) => {
  if (value.length < 10 || value.length > 200) return 'must have 10 to 200 characters'
  return env.TROPA_OWNER_EMAIL ? null : 'needs TROPA_OWNER_EMAIL beside it'
}

const anything: Check = () => null

/** Every setting of a real installation, with what is checked about it: by the scripts before the start, by each process at its own. */
export const variables: Record<string, Check> = {
  DATABASE_URL: database,
  TEMPORAL_ADDRESS: hostAndPort,
  TEMPORAL_NAMESPACE: namespace,
  TEMPORAL_API_KEY: needsServer(anything),
  TEMPORAL_TLS: needsServer(tls),
  TEMPORAL_TLS_CA: needsServer(pemFile),
  TEMPORAL_TLS_CERT: needsServer(beside('TEMPORAL_TLS_KEY', pemFile)),
  TEMPORAL_TLS_KEY: needsServer(beside('TEMPORAL_TLS_CERT', pemFile)),
  SMTP_URL: smtp,
  BASE_URL: origin,
  API_HOST: host,
  API_PORT: port,
  WEB_PORT: port,
  MAILBOX_SMTP_PORT: port,
  WORKER_PORT: port,
  TROPA_SECRET: secret,
  TROPA_HOME: folder,
  TROPA_OWNER_EMAIL: email,
  TROPA_OWNER_PASSWORD: password,
  TROPA_DEMO: oneOf('0', '1'),
  TROPA_LANGUAGE: oneOf('en', 'ru'),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
}

/** What is wrong with a variable, as the rest of a sentence after its name; null when it may be so or is left out. */
export function variableProblem(name: string, env: NodeJS.ProcessEnv): string | null {
  const check = Object.hasOwn(variables, name) ? variables[name] : undefined
  const value = env[name]
  return check && value ? check(value, env) : null
}
