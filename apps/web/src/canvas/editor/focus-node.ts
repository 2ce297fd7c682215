/** Gives focus back to a node after something of it has closed: its card on the canvas or its line in the outline. */
export function focusNode(id: string | null): void {
  requestAnimationFrame(() => {
    const escaped = CSS.escape(id ?? '')
    const place =
      document.querySelector<HTMLElement>(`[data-card="${escaped}"]`) ??
      document.querySelector<HTMLElement>(`[data-outline="${escaped}"] [data-outline-open]`) ??
      document.querySelector<HTMLElement>('[data-card][tabindex="0"]') ??
      document.querySelector<HTMLElement>('[data-outline-open]') ??
      document.querySelector<HTMLElement>('#content')
    place?.focus({ preventScroll: true })
  })
}
