import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Installation } from './context.ts'
import type { Env } from './env.ts'

const builtWeb = join(import.meta.dirname, '../../web/dist')

/** What this installation was told at its start, from its environment. */
export function installationOf(env: Env, nodeEnv: string | undefined): Installation {
  return {
    baseUrl: new URL(env.BASE_URL).origin,
    origins: originsOf(env.BASE_URL),
    secret: env.TROPA_SECRET,
    mailboxPort: env.MAILBOX_SMTP_PORT ?? null,
    smtpUrl: env.SMTP_URL ?? null,
    demo: env.TROPA_DEMO,
    webRoot: nodeEnv !== 'development' && existsSync(join(builtWeb, 'index.html')) ? builtWeb : null,
  }
}

const loopback = ['localhost', '127.0.0.1', '[::1]']

/** The origins a browser may show for one public address: this machine has three names. */
export function originsOf(baseUrl: string): string[] {
  const { protocol, hostname, port, origin } = new URL(baseUrl)
  if (!loopback.includes(hostname)) return [origin]
  return loopback.map((name) => `${protocol}//${name}${port ? `:${port}` : ''}`)
}
