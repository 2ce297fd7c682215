import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { localeOf } from '../i18n/use-format.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { useNow } from '../lists/use-now.ts'
import { useMember, useWorkspaceApi } from '../session/use-member.ts'
import { Page, PageHeader } from '../ui/page-header.tsx'
import { Loading } from '../ui/spinner.tsx'
import { ErrorState } from '../ui/states.tsx'
import { type Status, StatusChip } from '../ui/status-chip.tsx'
import { Attributes } from './attributes.tsx'
import { Consents } from './consents.tsx'
import {
  type ChannelState,
  type Customer,
  emailState,
  localTime,
  nameOf,
  type TimelineType,
} from './customer.ts'
import { Identities } from './identities.tsx'
import { InJourneys } from './in-journeys.tsx'
import { Timeline } from './timeline.tsx'

const channelLook: Record<ChannelState, Status> = {
  reachable: 'ok',
  unsubscribed: 'err',
  noConsent: 'off',
  noAddress: 'off',
  suppressed: 'warn',
}

function Facts({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers')
  const language = useLanguage()
  const { workspace } = useMember()
  const now = useNow(20_000)
  const state = emailState(customer)
  const time = customer.timeZone ? localTime(customer.timeZone, now, localeOf[language]) : null
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <StatusChip status={channelLook[state]}>{t(state, { channel: t('channel_email') })}</StatusChip>
      <span className="text-sm text-ink-2" title={customer.timeZone ?? workspace.timeZone}>
        {time ? t('localTime', { time }) : t('zoneUnknown')}
      </span>
      {customer.mergedFrom.length > 0 && (
        <span className="text-sm text-ink-2">{t('mergedFrom', { count: customer.mergedFrom.length })}</span>
      )}
    </span>
  )
}

interface CustomerPageProps {
  customerId: string
  show: TimelineType | undefined
  onShow: (show: TimelineType | undefined) => void
}

/** Everything known about one customer on one page. */
export function CustomerPage({ customerId, show, onShow }: CustomerPageProps) {
  const { t } = useTranslation('customers')
  const api = useWorkspaceApi()
  const {
    data: customer,
    error,
    refetch,
  } = useQuery({
    queryKey: ['customer', customerId],
    queryFn: ({ signal }) => api.get<Customer>(`/customers/${customerId}`, signal),
    refetchInterval: 5000,
  })
  if (!customer) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  return (
    <Page>
      <PageHeader
        back={
          <Link to="/customers" className="inline-flex items-center gap-1 hover:text-ink">
            <ChevronLeft size={14} aria-hidden />
            {t('back')}
          </Link>
        }
        title={nameOf(customer) ?? t('nameless')}
      />
      <div className="-mt-4 pb-6">
        <Facts customer={customer} />
        {customer.mergedInto && (
          <p className="mt-3 text-sm">
            {t('merged')}{' '}
            <Link
              to="/customers/$customerId"
              params={{ customerId: customer.mergedInto }}
              className="text-accent-text underline underline-offset-4"
            >
              {t('mergedTo')}
            </Link>
          </p>
        )}
      </div>
      <div className="grid gap-x-8 gap-y-8 md:grid-cols-[minmax(0,1fr)_17rem] xl:grid-cols-[17rem_minmax(0,1fr)_16rem]">
        <div className="flex flex-col gap-6 max-xl:order-3 max-xl:md:col-start-2">
          <Identities customer={customer} />
          <Consents customer={customer} />
          <Attributes customer={customer} />
        </div>
        <div className="min-w-0 max-xl:order-2 max-xl:md:row-span-2 max-xl:md:row-start-1">
          <Timeline customerId={customerId} show={show} onShow={onShow} />
        </div>
        <div className="max-xl:order-1 max-xl:md:col-start-2">
          <InJourneys customer={customer} />
        </div>
      </div>
    </Page>
  )
}
