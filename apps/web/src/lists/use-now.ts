import { useEffect, useState } from 'react'

/** The browser's clock in epoch milliseconds, ticking every `ms`; it stands still while `on` is false. */
export function useNow(ms: number, on = true): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!on) return
    const timer = setInterval(() => setNow(Date.now()), ms)
    return () => clearInterval(timer)
  }, [ms, on])
  return now
}
