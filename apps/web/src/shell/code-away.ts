const away = new WeakSet<Error>()

/**
 * Keeps the app on the screen when the code of a section does not come. The router knows such an error by its words
 * and would load the whole page anew: without a server that ends at the browser's own error page.
 */
export function stayWhenCodeIsAway(): void {
  window.addEventListener('vite:preloadError', ({ payload }) => {
    away.add(payload)
    payload.message = `The code of this section did not come: ${payload.message}`
  })
}

/** Whether an error says that the code of a section did not come. */
export function isCodeAway(error: unknown): error is Error {
  return error instanceof Error && away.has(error)
}
