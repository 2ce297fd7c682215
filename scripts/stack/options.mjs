import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * What the command line of `npm start` asks for.
 * @typedef {object} StartOptions
 * @property {'normal' | 'prod' | 'dev'} mode
 * @property {number | null} port
 * @property {string} home
 * @property {boolean} help
 */

/** The text `npm start -- --help` prints; this file is plain JavaScript so that it can before anything is installed. */
export const helpText = `npm start [-- options]      start Tropa and everything it needs

  --dev          web by Vite with hot reload, all logs in the terminal
  --prod         production settings; no demo workspace unless TROPA_DEMO=1
  --port N       the port of the address to open (default: 8080 or the next free one)
  --home DIR     where data, logs and the secret live (default: TROPA_HOME or .tropa)
  --help         this text

Environment (all optional; README has the table):
  DATABASE_URL  TEMPORAL_ADDRESS  TEMPORAL_NAMESPACE  TEMPORAL_API_KEY  TEMPORAL_CLI
  TEMPORAL_TLS  TEMPORAL_TLS_CA  TEMPORAL_TLS_CERT  TEMPORAL_TLS_KEY
  SMTP_URL  BASE_URL  API_HOST  API_PORT  WEB_PORT  MAILBOX_SMTP_PORT  WORKER_PORT
  TROPA_SECRET  TROPA_HOME  TROPA_OWNER_EMAIL  TROPA_OWNER_PASSWORD  TROPA_DEMO  TROPA_LANGUAGE  LOG_LEVEL`

/**
 * Reads the command line; throws an Error with a sentence when it is not understood.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root
 * @returns {StartOptions}
 */
export function readOptions(args, env, root) {
  refuseSwallowed(env)
  const values = parse(args)
  if (values.dev && values.prod) throw new Error('Choose one of --dev and --prod, not both.')
  const port = values.port === undefined ? null : Number(values.port)
  if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65_536))
    throw new Error(`--port takes a number from 1 to 65535, not "${values.port}".`)
  return {
    mode: values.dev ? 'dev' : values.prod ? 'prod' : 'normal',
    port,
    home: resolve(root, values.home ?? (env.TROPA_HOME || '.tropa')),
    help: values.help ?? false,
  }
}

/**
 * Without the `--` npm keeps options for itself and starts Tropa as if they had not been given.
 * @param {NodeJS.ProcessEnv} env
 */
function refuseSwallowed(env) {
  for (const name of ['port', 'home', 'prod'])
    if (env[`npm_config_${name}`])
      throw new Error(
        `npm took --${name} for an option of its own. Write "npm start -- --${name} …" instead.`,
      )
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        dev: { type: 'boolean' },
        prod: { type: 'boolean' },
        port: { type: 'string' },
        home: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    const why = error instanceof Error ? error.message.split(/\. |\n/)[0] : String(error)
    throw new Error(`${why}. See "npm start -- --help".`)
  }
}
