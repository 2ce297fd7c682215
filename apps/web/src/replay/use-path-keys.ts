import { useEffect, useRef } from 'react'

export interface PathKeyActions {
  step: (by: 1 | -1) => void
  tab: (index: number) => void
  verify: () => void
  play: () => void
}

/** Whether a key pressed there belongs to the element itself: typing, a dialog, a list of tabs, a button. */
function belongsTo(target: EventTarget | null, code: string): boolean {
  if (!(target instanceof Element)) return false
  if (
    target.closest(
      'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="combobox"]',
    )
  )
    return true
  if (code.startsWith('Arrow')) return target.closest('[role="tablist"], [role="tab"]') !== null
  return code === 'Space' && target.closest('button, a, [role="tab"]') !== null
}

/** The keys of the path page: arrows step, digits open tabs, V verifies, Space plays. Letters go by place, not by layout. */
export function usePathKeys(actions: PathKeyActions): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { code } = event
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (belongsTo(event.target, code)) return
      const { step, tab, verify, play } = latest.current
      const digit = /^(?:Digit|Numpad)([1-5])$/.exec(code)
      if (code === 'ArrowLeft') step(-1)
      else if (code === 'ArrowRight') step(1)
      else if (digit) tab(Number(digit[1]) - 1)
      else if (code === 'KeyV') verify()
      else if (code === 'Space') play()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
