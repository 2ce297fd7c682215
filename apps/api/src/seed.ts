import { closeRenderer } from '@tropa/connectors/render'
import { openDatabase } from '@tropa/db'
import { hasOwner } from '@tropa/db/members'
import { openAuth } from './auth.ts'
import { setUpOwner, setupToken } from './commands/set-up-owner.ts'
import { demoEmail, demoMember } from './demo.ts'
import { readEnv } from './env.ts'
import { installationOf } from './installation.ts'
import { seedDemo } from './seed/seed-demo.ts'

/** Prepares an installation: the demo workspace unless TROPA_DEMO=0, the first owner from the environment, or their link. */
async function seed(): Promise<string[]> {
  const env = readEnv(process.env)
  const installation = installationOf(env, process.env.NODE_ENV)
  const { baseUrl, origins, secret } = installation
  const { db, close } = openDatabase(env.DATABASE_URL, { max: 2 })
  const said: string[] = []
  try {
    const auth = openAuth({ db, baseUrl, origins, secret, rateLimit: false })
    if (env.TROPA_DEMO) {
      await seedDemo({ db, auth, installation }, env.TROPA_LANGUAGE)
      const { email, password } = demoMember(secret)
      said.push(`Demo workspace: sign in as ${email} with the password ${password}`)
    }
    if (await hasOwner(db, demoEmail)) return said
    const { TROPA_OWNER_EMAIL: email, TROPA_OWNER_PASSWORD: password } = env
    const token = setupToken(secret)
    if (email && password) {
      await setUpOwner(
        { db, auth, installation },
        {
          token,
          name: email.split('@')[0] ?? email,
          email,
          password,
          workspaceName: 'Tropa',
          language: env.TROPA_LANGUAGE,
        },
      )
      said.push(`Created the owner ${email}`)
    } else {
      said.push(`Your own workspace: create its owner once at ${baseUrl}/setup?token=${token}`)
    }
    return said
  } finally {
    closeRenderer()
    await close()
  }
}

seed().then(
  (lines) => process.stdout.write(lines.map((line) => `${line}\n`).join('')),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  },
)
