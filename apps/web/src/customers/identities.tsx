import { useTranslation } from 'react-i18next'
import { CopyButton } from '../ui/copy-button.tsx'
import { Card } from './card.tsx'
import type { Customer } from './customer.ts'

const known = ['external_id', 'anonymous_id', 'email', 'phone'] as const

/** Everything the customer is recognised by. */
export function Identities({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers')
  const label = (type: string) => {
    const found = known.find((one) => one === type)
    return found ? t(`identity_${found}`) : type
  }
  return (
    <Card title={t('identities')}>
      <dl className="flex flex-col gap-1.5 text-sm">
        {customer.identifiers.map(({ type, value }) => (
          <div key={`${type}:${value}`} className="min-w-0">
            <dt className="text-xs text-ink-3">{label(type)}</dt>
            <dd className="tabular flex items-center justify-between gap-2">
              <span className="min-w-0 truncate" title={value}>
                {value}
              </span>
              <CopyButton value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
