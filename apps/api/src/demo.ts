import { hkdfSync } from 'node:crypto'

/** The address of the demo workspace's owner. */
export const demoEmail = 'demo@tropa.local'

/** How to sign in to the demo workspace of this installation: each has a password of its own. */
export function demoMember(secret: string): { email: string; password: string } {
  const letters = Buffer.from(hkdfSync('sha256', secret, '', 'tropa/demo/v1', 8)).toString('hex')
  return { email: demoEmail, password: `lavka-${letters.slice(0, 6)}-${letters.slice(6, 12)}` }
}
