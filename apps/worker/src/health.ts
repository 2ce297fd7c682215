import { createServer } from 'node:http'

/** Serves `/healthz` (this process answers) and `/readyz` (it does its work) on this machine. */
export async function serveHealth(
  port: number,
  ready: () => boolean,
): Promise<{ close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const works = request.url === '/healthz' || (request.url === '/readyz' && ready())
    const known = request.url === '/healthz' || request.url === '/readyz'
    const status = works ? 200 : known ? 503 : 404
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ status: works ? 'ok' : known ? 'not_ready' : 'not_found' }))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
