import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const version = 'v1'
const ivBytes = 12
const tagBytes = 16

/**
 * Encrypts a secret with AES-256-GCM; `aad` names the owner (workspace and connection), so that
 * ciphertext moved to another row does not open. The key is derived from `key` by HKDF-SHA-256.
 */
export function sealSecret(key: string, plaintext: string, aad: string): string {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', deriveKey(key), iv)
  cipher.setAAD(Buffer.from(aad, 'utf8'))
  const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
  return [version, Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')].join('.')
}

/** Decrypts what `sealSecret` made; throws when the key, the owner or a single bit differs. */
export function openSecret(key: string, sealed: string, aad: string): string {
  const [head, payload] = sealed.split('.')
  if (head !== version || !payload) throw new Error('This is not a sealed secret: it has no v1 mark.')
  const bytes = Buffer.from(payload, 'base64url')
  if (bytes.length < ivBytes + tagBytes) throw new Error('The sealed secret is cut short.')
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(key), bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(aad, 'utf8'))
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  try {
    const body = decipher.update(bytes.subarray(ivBytes + tagBytes))
    return Buffer.concat([body, decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new Error('The sealed secret does not open: wrong key, wrong owner, or altered bytes.', { cause })
  }
}

function deriveKey(key: string): Buffer {
  if (Buffer.byteLength(key) < 32) throw new Error('The sealing key must hold at least 32 bytes.')
  return Buffer.from(hkdfSync('sha256', key, '', 'tropa/seal/v1', 32))
}
