import { useTranslation } from 'react-i18next'
import { type Picked, SearchPicker } from '../lists/search-picker.tsx'
import type { CustomerRow } from './customer.ts'

export type PickedCustomer = Picked

interface CustomerPickerProps {
  value: PickedCustomer | null
  onChange: (customer: PickedCustomer | null) => void
  /** What it says while nobody is chosen. */
  placeholder: string
  className?: string
}

/** One customer of the workspace, found by typing. */
export function CustomerPicker(props: CustomerPickerProps) {
  const { t } = useTranslation('customers')
  return (
    <SearchPicker<CustomerRow>
      {...props}
      path="/customers"
      label={t('pick')}
      title={t('pickTitle')}
      search={t('search')}
      present={({ id, name, email, externalId }) => {
        const called = name || email || externalId || t('nameless')
        const hint = [email, externalId].filter((known) => known && known !== called).join(' · ')
        return { id, name: called, hint }
      }}
    />
  )
}
