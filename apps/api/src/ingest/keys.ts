import { createHash } from 'node:crypto'
import type { Database } from '@tropa/db'
import { findWorkingKey, markKeyUsed, type WorkingKey } from '@tropa/db/keys'
import { Failure } from '../errors.ts'

const keepMs = 900
const touchMs = 60_000
const maxKept = 10_000

/** The key in an Authorization header: Basic with the key as user name, or Bearer. */
export function keyIn(header: string | undefined): string | null {
  const [scheme = '', value = ''] = (header ?? '').split(' ', 2)
  if (scheme.toLowerCase() === 'bearer') return value || null
  if (scheme.toLowerCase() !== 'basic') return null
  const [name = ''] = Buffer.from(value, 'base64').toString('utf8').split(':', 1)
  return name || null
}

/** Looks keys up by their hash and remembers the answer for 0.9 s, so a revoked key works for less than a second. */
export function createKeyring(db: Database): (header: string | undefined) => Promise<WorkingKey> {
  const known = new Map<string, { key: Promise<WorkingKey | null>; until: number }>()
  const touched = new Map<string, number>()

  async function touch(id: string, now: number): Promise<void> {
    if ((touched.get(id) ?? 0) > now - touchMs) return
    touched.set(id, now)
    await markKeyUsed(db, id, new Date(now))
  }

  return async (header) => {
    const shown = keyIn(header)
    if (!shown) throw new Failure('key_missing')
    const hash = createHash('sha256').update(shown).digest('hex')
    const now = Date.now()
    let entry = known.get(hash)
    if (!entry || entry.until < now) {
      if (known.size > maxKept) known.clear()
      entry = { key: findWorkingKey(db, hash), until: now + keepMs }
      entry.key.catch(() => known.delete(hash))
      known.set(hash, entry)
    }
    const key = await entry.key
    if (!key) throw new Failure('key_wrong')
    await touch(key.id, now)
    return key
  }
}
