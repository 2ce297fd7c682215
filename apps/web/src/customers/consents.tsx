import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useMember } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { type Status, StatusChip } from '../ui/status-chip.tsx'
import { Card } from './card.tsx'
import { ChangeConsent } from './change-consent.tsx'
import type { Consent, Customer } from './customer.ts'
import { useSourceWords } from './use-source-words.ts'

const look: Record<Consent['state'], Status> = { granted: 'ok', revoked: 'err' }

/** What the customer agreed to, per channel and topic, with the proof; a member may change it with a reason. */
export function Consents({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const words = useSourceWords()
  const { role } = useMember()
  const [changing, setChanging] = useState<{ topic: string; state: Consent['state'] | null } | null>(null)
  const known = customer.consents.filter(({ channel }) => channel === 'email')
  const rows: { topic: string; consent?: Consent }[] = [
    { topic: '', consent: known.find(({ topic }) => topic === '') },
    ...known.filter(({ topic }) => topic !== '').map((consent) => ({ topic: consent.topic, consent })),
  ]
  return (
    <Card title={t('consents')}>
      <table className="w-full text-sm">
        <caption className="pb-1 text-left text-xs text-ink-3">{t('channel_email')}</caption>
        <tbody>
          {rows.map(({ topic, consent }) => (
            <tr key={topic} className="border-b align-top last:border-0">
              <th scope="row" className="py-2 pr-2 text-left font-normal">
                <span className="block">{topic || t('wholeChannel')}</span>
                {consent && (
                  <span className="block text-xs text-ink-3">
                    {t('consentSince', {
                      date: format.date(consent.changedAt),
                      source: words(consent.source),
                    })}
                  </span>
                )}
              </th>
              <td className="py-1.5 text-right">
                <span className="flex flex-col items-end gap-1">
                  <StatusChip status={consent ? look[consent.state] : 'off'}>
                    {!consent
                      ? t('consentNone')
                      : t(consent.state === 'granted' ? 'consentGranted' : 'consentRevoked')}
                  </StatusChip>
                  {role !== 'analyst' && (
                    <Button
                      size="sm"
                      look="ghost"
                      onClick={() => setChanging({ topic, state: consent?.state ?? null })}
                    >
                      {t('change')}
                    </Button>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {changing && (
        <ChangeConsent
          customerId={customer.id}
          topic={changing.topic}
          state={changing.state}
          onClose={() => setChanging(null)}
        />
      )}
    </Card>
  )
}
