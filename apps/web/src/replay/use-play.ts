import { useEffect, useRef, useState } from 'react'

const stepMs = 600

/** Plays the path: goes to the next step every 600 ms and stops at the last. `next` answers whether there was one. */
export function usePlay(next: () => boolean): { playing: boolean; toggle: () => void } {
  const [playing, setPlaying] = useState(false)
  const latest = useRef(next)
  latest.current = next
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => {
      if (!latest.current()) setPlaying(false)
    }, stepMs)
    return () => clearInterval(timer)
  }, [playing])
  return { playing, toggle: () => setPlaying((now) => !now) }
}
