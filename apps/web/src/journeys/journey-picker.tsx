import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { SearchPicker } from '../lists/search-picker.tsx'
import { useWorkspaceApi } from '../session/use-member.ts'
import type { Journey, JourneySummary } from './journey-queries.ts'

interface JourneyPickerProps {
  /** The id of the chosen journey, which may be archived and so in no list. */
  value: string | undefined
  onChange: (journeyId: string | undefined) => void
  /** What it says while none is chosen. */
  placeholder: string
  className?: string
}

/** One journey of the workspace, found by typing. */
export function JourneyPicker({ value, onChange, placeholder, className }: JourneyPickerProps) {
  const { t } = useTranslation('journeys')
  const api = useWorkspaceApi()
  // Not the editor's query: the editor begins with what it finds there, and it must be the newest.
  const { data } = useQuery({
    queryKey: [api.path(`/journeys/${value}`), 'name'],
    queryFn: async ({ signal }) => (await api.get<Journey>(`/journeys/${value}`, signal)).name,
    enabled: value !== undefined,
  })
  return (
    <SearchPicker<JourneySummary>
      path="/journeys"
      label={t('pick')}
      title={t('pickTitle')}
      search={t('search')}
      placeholder={placeholder}
      className={className}
      value={value === undefined ? null : { id: value, name: data ?? '…' }}
      onChange={(picked) => onChange(picked?.id)}
      present={({ id, name }) => ({ id, name })}
    />
  )
}
