const away = new WeakSet<Error>()

/**
 * Keeps the app on the screen when the code of a section does not come. The router knows such an error by its words
 * and would load the whole page anew: without a server that ends at the browser's own error page.
 */
export function stayWhenCodeIsAway(): void {
  window.addEventListener('vite:preloadError', ({ payload }) => {
    away.add(payload)
    void reloadIfReplaced(payload.message)
    payload.message = `The code of this section did not come: ${payload.message}`
  })
}

const reloadedAt = 'tropa.reloaded'
const onceIn = 60_000

/** A server that answers and has no such file runs another version than this tab: it is loaded, once. */
async function reloadIfReplaced(message: string): Promise<void> {
  const file = /https?:\/\/\S+/.exec(message)?.[0]
  if (!file || Date.now() - Number(sessionStorage.getItem(reloadedAt)) < onceIn) return
  const answer = await fetch(file, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  if (answer?.status !== 404) return
  sessionStorage.setItem(reloadedAt, String(Date.now()))
  window.location.reload()
}

/** Whether an error says that the code of a section did not come. */
export function isCodeAway(error: unknown): error is Error {
  return error instanceof Error && away.has(error)
}
