import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Customer, nameOf } from '../customers/customer.ts'
import { CustomerPicker } from '../customers/customer-picker.tsx'
import { JourneyPicker } from '../journeys/journey-picker.tsx'
import { versionQuery, versionsQuery } from '../journeys/journey-queries.ts'
import { useWorkspaceApi } from '../session/use-member.ts'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/select.tsx'
import type { EnrollmentStatus } from './enrollment.ts'
import { anyNode, NodeFilter, type WayOfBeing } from './node-filter.tsx'

/** What the list of passages is narrowed to; all of it is in the address. */
export interface PassageFilters {
  customer?: string | undefined
  journey?: string | undefined
  version?: number | undefined
  node?: string | undefined
  was?: WayOfBeing | undefined
  output?: string | undefined
  status?: EnrollmentStatus | undefined
  reason?: string | undefined
}

/** The statuses a passage can have, in the order of the filter. */
export const passageStatuses = ['active', 'completed', 'exited', 'failed', 'removed'] as const

const anything = 'any'

function useVersionNodes(journeyId: string | undefined, version: number | undefined) {
  const api = useWorkspaceApi()
  const { data: versions } = useQuery({
    ...versionsQuery(api, journeyId ?? ''),
    enabled: journeyId !== undefined,
  })
  const number = version ?? versions?.items[0]?.number
  const { data: frozen } = useQuery(versionQuery(api, journeyId ?? '', number ?? null))
  return { versions: versions?.items ?? [], nodes: frozen?.graph.nodes ?? [] }
}

function useCustomerName(customerId: string | undefined) {
  const api = useWorkspaceApi()
  const { data } = useQuery({
    queryKey: ['customer', customerId],
    queryFn: ({ signal }) => api.get<Customer>(`/customers/${customerId}`, signal),
    enabled: customerId !== undefined,
  })
  if (customerId === undefined) return null
  return { id: customerId, name: (data && nameOf(data)) ?? '…' }
}

interface EnrollmentFiltersProps {
  filters: PassageFilters
  onFilters: (filters: PassageFilters) => void
}

/** The row of filters above the list: customer, journey, its version and node, status. */
export function EnrollmentFilters({ filters, onFilters }: EnrollmentFiltersProps) {
  const { t } = useTranslation('replay')
  const { versions, nodes } = useVersionNodes(filters.journey, filters.version)
  const customer = useCustomerName(filters.customer)
  const set = (change: PassageFilters) => onFilters({ ...filters, ...change })
  const filtered = Object.values(filters).some((value) => value !== undefined)
  return (
    <search className="mb-4 grid grid-cols-2 items-center gap-2 md:flex md:flex-wrap">
      <CustomerPicker
        value={customer}
        onChange={(picked) => set({ customer: picked?.id })}
        placeholder={t('anyCustomer')}
        className="md:!w-52"
      />
      <JourneyPicker
        value={filters.journey}
        onChange={(journey) => set({ journey, version: undefined, ...anyNode })}
        placeholder={t('anyJourney')}
        className="md:!w-52"
      />
      {filters.journey !== undefined && (
        <>
          <Select
            label={t('version')}
            className="md:!w-40"
            value={filters.version === undefined ? anything : String(filters.version)}
            onChange={(value) => set({ version: value === anything ? undefined : Number(value), ...anyNode })}
            choices={[
              { value: anything, label: t('anyVersion') },
              ...versions.map(({ number }) => ({
                value: String(number),
                label: t('versionN', { n: number }),
              })),
            ]}
          />
          <NodeFilter nodes={nodes} filters={filters} onChange={set} />
        </>
      )}
      <Select
        label={t('status')}
        className="md:!w-52"
        value={filters.status ?? anything}
        onChange={(value) => set({ status: value === anything ? undefined : (value as EnrollmentStatus) })}
        choices={[
          { value: anything, label: t('anyStatus') },
          ...passageStatuses.map((status) => ({ value: status, label: t(`status_${status}`) })),
        ]}
      />
      {filtered && (
        <Button
          look="ghost"
          className="max-md:justify-self-start"
          icon={<X size={14} aria-hidden />}
          onClick={() => onFilters({})}
        >
          {t('clearFilters')}
        </Button>
      )}
    </search>
  )
}
