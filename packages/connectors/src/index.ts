import type { ConnectorManifest } from './connector.ts'
import { smtp } from './smtp/manifest.ts'

export * from './connector.ts'
export * from './email.ts'
export { mailboxLoginFits, mailboxPassword } from './mailbox/login.ts'
export * from './outcome.ts'
export { openSecret, sealSecret } from './seal.ts'
export {
  isSmtpUrl,
  type ParsedSmtpUrl,
  parseSmtpUrl,
  type SmtpConfig,
  type SmtpSecrets,
  smtpConfig,
} from './smtp/config.ts'
export { openSmtp, type SmtpOptions } from './smtp/connector.ts'
export { messageIdOf, messageIdStem } from './smtp/mime.ts'
export { signUnsubscribe, type UnsubscribeClaim, verifyUnsubscribe } from './unsubscribe.ts'

/** Every connector there is, in the order members see them. */
export const connectors: readonly ConnectorManifest[] = [smtp]
