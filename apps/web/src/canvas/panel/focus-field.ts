const focusable =
  'input:not([disabled]), textarea, select, button:not([disabled]):not([tabindex="-1"]), [tabindex="0"]'

/**
 * Focuses the control of a config field by its dotted path (the longest known prefix wins), or the first control
 * for an empty path. At once, not a frame later: what is typed meanwhile belongs to it.
 */
export function focusField(container: HTMLElement, path: string): void {
  const scope = container.closest<HTMLElement>('[data-panel]') ?? container
  const named = (name: string) => scope.querySelector<HTMLElement>(`[data-field-name="${CSS.escape(name)}"]`)
  const parts = path.split('.')
  let place: HTMLElement | null = null
  for (let length = parts.length; length > 0 && !place && path !== ''; length -= 1) {
    place = named(parts.slice(0, length).join('.'))
  }
  const folded = place?.closest('details')
  if (folded) folded.open = true
  const control = (place ?? container).querySelector<HTMLElement>(focusable)
  control?.scrollIntoView({ block: 'nearest' })
  control?.focus()
  if (control instanceof HTMLInputElement) control.select()
}
