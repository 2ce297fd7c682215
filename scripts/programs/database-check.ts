import pg from 'pg'

const oldest = 15
const withinMs = 5_000

/** What a refusal means, by SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) or system code. */
const refusals: Record<string, string> = {
  '28P01': 'refuses this user or password. Correct them in the address',
  '28000':
    'does not let this user in. Correct the user, or allow it in pg_hba.conf (perhaps only with ?sslmode=require)',
  '3D000': 'has no such database. Create it (createdb) or correct the name after the host',
  '53300': 'has no connection left. Raise max_connections or end others that use it',
  '57P03': 'is starting up or shutting down. Try again when it accepts connections',
  ENOTFOUND: 'cannot be found by that name. Correct the host',
  ECONNREFUSED: 'does not answer (ECONNREFUSED). Start that server or correct the variable',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted(),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted(),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted(),
}

function untrusted(): string {
  return 'has a certificate that is not trusted. Name its authority with ?sslmode=verify-full&sslrootcert=FILE'
}

function sentence(url: URL, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const known = code === undefined ? undefined : refusals[code]
  const noTls = /does not support SSL/.test(message) ? 'does not speak TLS. Leave sslmode out' : undefined
  const late = /timeout/i.test(message)
    ? `did not answer in ${withinMs / 1000} s. Correct the host or let it through the firewall`
    : undefined
  const why = known ?? noTls ?? late ?? `cannot be used (${code ?? message}). Correct the variable`
  return `DATABASE_URL names a Postgres at ${url.host} that ${why}.`
}

interface Found {
  version: number
  encoding: string
  standby: boolean
  mayCreate: boolean
}

function problemOf({ version, encoding, standby, mayCreate }: Found): string | null {
  const major = Math.floor(version / 10_000)
  if (major < oldest) return `is version ${major}. Tropa needs ${oldest} or newer`
  if (encoding !== 'UTF8') return `keeps text in ${encoding}. Create the database with ENCODING 'UTF8'`
  if (standby) return 'is a standby, which cannot be written to. Name the primary server'
  if (!mayCreate)
    return 'does not let this user create schemas and tables. Make the user owner of the database'
  return null
}

/** Whether Tropa can work on this Postgres; throws a sentence, without user or password, about what is wrong. */
export async function requireDatabase(address: string): Promise<void> {
  const url = new URL(address)
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: withinMs })
  client.on('error', () => undefined)
  let found: Found | undefined
  try {
    await client.connect()
    const answer = await client.query<Found>(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
         pg_is_in_recovery() as standby, has_database_privilege(current_database(), 'CREATE')
         and has_schema_privilege('public', 'CREATE') as "mayCreate"`,
    )
    found = answer.rows[0]
  } catch (error) {
    throw new Error(sentence(url, error))
  } finally {
    await client.end().catch(() => undefined)
  }
  const problem = found ? problemOf(found) : 'cannot be asked about itself. Correct the variable'
  if (problem) throw new Error(`DATABASE_URL names a Postgres at ${url.host} that ${problem}.`)
}
