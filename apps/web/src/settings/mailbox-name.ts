import { useTranslation } from 'react-i18next'

/** The built-in mailbox is named once, in the language of its workspace. */
const given = new Set(['Built-in mailbox', 'Встроенная почта'])

/** Whether a connection still has the name that the built-in mailbox was given. */
export function isMailboxName(name: string): boolean {
  return given.has(name)
}

/** The name of a connection as it is shown: the built-in mailbox in the reader's language, all others as they are. */
export function useConnectionName(): (name: string) => string {
  const { t } = useTranslation('settings')
  return (name) => (isMailboxName(name) ? t('mailboxName') : name)
}
