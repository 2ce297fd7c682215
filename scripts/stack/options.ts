import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What the command line of `npm start` asks for. */
export interface StartOptions {
  mode: 'normal' | 'prod' | 'dev'
  port: number | null
  home: string
  help: boolean
}

/** The text `npm start -- --help` prints. */
export const helpText = `npm start [-- options]      start Tropa and everything it needs

  --dev          web by Vite with hot reload, all logs in the terminal
  --prod         production settings; no demo workspace unless TROPA_DEMO=1
  --port N       the port of the address to open (default: 8080 or the next free one)
  --home DIR     where data, logs and the secret live (default: TROPA_HOME or .tropa)
  --help         this text

Environment (all optional; README has the table):
  DATABASE_URL  TEMPORAL_ADDRESS  TEMPORAL_NAMESPACE  TEMPORAL_API_KEY  TEMPORAL_TLS  TEMPORAL_CLI
  SMTP_URL  BASE_URL  API_PORT  WEB_PORT  MAILBOX_SMTP_PORT  WORKER_PORT
  TROPA_SECRET  TROPA_HOME  TROPA_OWNER_EMAIL  TROPA_OWNER_PASSWORD  TROPA_DEMO  TROPA_LANGUAGE  LOG_LEVEL`

/** Reads the command line; throws an Error with a sentence when it is not understood. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv, root: string): StartOptions {
  const { values } = parse(args)
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

function parse(args: readonly string[]) {
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
    })
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. ')[0] : String(error)
    throw new Error(`${why}. See "npm start -- --help".`)
  }
}
