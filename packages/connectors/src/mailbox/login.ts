import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

/** The password with which a workspace (its id is the user name) delivers into the built-in mailbox. */
export function mailboxPassword(secret: string, workspaceId: string): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'tropa/mailbox/v1', 32))
  return createHmac('sha256', key).update(workspaceId).digest('base64url')
}

/** Whether a login into the built-in mailbox is a workspace's own; compares in constant time. */
export function mailboxLoginFits(secret: string, workspaceId: string, password: string): boolean {
  const expected = Buffer.from(mailboxPassword(secret, workspaceId))
  const given = Buffer.from(password)
  return expected.length === given.length && timingSafeEqual(expected, given)
}
