import { useMemo } from 'react'
import { Combobox } from '../ui/combobox.tsx'
import type { ControlProps } from '../ui/field.tsx'

interface ZoneSelectProps extends Partial<ControlProps> {
  value: string
  onChange: (zone: string) => void
  disabled?: boolean
}

/** An IANA time zone this browser knows. */
export function ZoneSelect(props: ZoneSelectProps) {
  const choices = useMemo(() => {
    const zones = Intl.supportedValuesOf('timeZone')
    return ['UTC', ...zones.filter((zone) => zone !== 'UTC')].map((zone) => ({ value: zone, label: zone }))
  }, [])
  return <Combobox {...props} choices={choices} />
}
