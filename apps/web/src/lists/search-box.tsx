import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { cx } from '../ui/cx.ts'
import { Input } from '../ui/input.tsx'
import { stillOnItsWay } from './on-its-way.ts'

interface SearchBoxProps {
  value: string
  /** Called when typing rests for a moment. */
  onChange: (value: string) => void
  label: string
  className?: string
  autoFocus?: boolean
}

/** A search field; what it finds belongs in the address, so that reload and back restore it. */
export function SearchBox({ value, onChange, label, className, autoFocus }: SearchBoxProps) {
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  const onItsWay = useRef<readonly string[]>([])
  const tell = useRef(onChange)
  tell.current = onChange
  useEffect(() => {
    const rest = stillOnItsWay(onItsWay.current, value)
    onItsWay.current = rest ?? []
    // An echo of what was told from here: more may have been typed since, and that stays.
    if (rest) return
    told.current = value
    setTyped(value)
  }, [value])
  useEffect(() => {
    if (typed === told.current) return
    const timer = setTimeout(() => {
      told.current = typed
      onItsWay.current = [...onItsWay.current, typed]
      tell.current(typed)
    }, 250)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <div className={cx('relative', className)}>
      <Search size={14} className="pointer-events-none absolute top-2.25 left-2.5 text-ink-3" aria-hidden />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        autoFocus={autoFocus}
        className="pl-8"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  )
}
