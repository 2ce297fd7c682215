import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '../api.ts'
import { withQuery } from '../lists/query-string.ts'
import type { PageOf } from '../lists/use-paged-list.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { showToast } from '../ui/toast.tsx'
import type { MailRow } from './mail.ts'
import type { MailboxAddress } from './mailbox-address.ts'

/**
 * Opens the letter of the message that the address names. One that is not in the mailbox leaves the list as it is; so
 * does one that could not be looked for, and the member is told.
 */
export function useLetterOf(address: MailboxAddress, onAddress: (change: MailboxAddress) => void): void {
  const api = useWorkspaceApi()
  const { t } = useTranslation('mailbox')
  const { message, to } = address
  const { data, error } = useQuery({
    queryKey: ['letter-of', message, to],
    queryFn: ({ signal }) => api.get<PageOf<MailRow>>(withQuery('/mails', { message, to, limit: 1 }), signal),
    enabled: message !== undefined,
    // A letter may have come since it was asked for the last time: no answer serves twice.
    gcTime: 0,
    staleTime: 0,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer
  useEffect(() => {
    if (message === undefined || (!data && !error)) return
    if (!data) {
      const text = error instanceof Failure ? t('notOpened', { why: error.message }) : t('notReached')
      showToast({ text, look: 'error' })
    }
    onAddress({ ...address, message: undefined, mail: data?.items[0]?.id })
  }, [message, data, error])
}
