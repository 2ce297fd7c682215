import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { apiAt, Failure, type Patience, Unreachable } from './api.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** The API below `/api` of a server that answers so. */
async function answering(listener: RequestListener, waits?: Patience) {
  const listening = createServer(listener)
  servers.push(listening)
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as { port: number }
  return apiAt(`http://127.0.0.1:${port}/api`, waits)
}

describe('a call of the API', () => {
  it('answers parsed JSON, nothing for an empty body, and a file as it is', async () => {
    const api = await answering(({ url, method }, answer) =>
      answer.end(url === '/api/mail' ? 'Subject: {"a"' : method === 'DELETE' ? '' : JSON.stringify({ url })),
    )
    expect(await api.get('/keys')).toEqual({ url: '/api/keys' })
    expect(await api.delete('/keys/1')).toBeUndefined()
    expect(await api.text('/mail')).toBe('Subject: {"a"')
  })

  it('is a Failure with code and sentence when it is refused', async () => {
    const api = await answering((_, answer) => {
      answer.statusCode = 409
      answer.end(JSON.stringify({ code: 'version_conflict', detail: { en: 'Changed.', ru: 'Изменено.' } }))
    })
    const refused = await api.put('/draft', {}).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Failure)
    expect(refused).toMatchObject({ status: 409, code: 'version_conflict', message: 'Changed.' })
  })

  it.each<[string, RequestListener]>([
    ['the proxy in front finds no API', (_, answer) => answer.writeHead(503).end('<h1>Unavailable</h1>')],
    ['the connection is cut', (request) => request.socket.destroy()],
    [
      'the answer breaks off',
      (_, answer) => {
        answer.writeHead(200, { 'content-length': '100' }).write('{')
        setTimeout(() => answer.destroy(), 50)
      },
    ],
  ])('is Unreachable when %s', async (_, listener) => {
    const api = await answering(listener)
    await expect(api.get('/keys')).rejects.toBeInstanceOf(Unreachable)
  })

  const impatient: Patience = { readMs: 100, writeMs: 200 }

  it('is Unreachable when no answer comes in time, by its own patience or its caller’s', async () => {
    const api = await answering(() => undefined)
    await expect(api.put('/draft', {}, AbortSignal.timeout(100))).rejects.toBeInstanceOf(Unreachable)
    const hasty = await answering(() => undefined, impatient)
    await expect(hasty.get('/keys')).rejects.toBeInstanceOf(Unreachable)
    await expect(hasty.post('/keys')).rejects.toBeInstanceOf(Unreachable)
  })

  it('is no outage when its caller no longer wants the answer', async () => {
    const api = await answering(() => undefined)
    const unwanted = new AbortController()
    const asked = api.get('/keys', unwanted.signal)
    unwanted.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('waits for an upload as long as it takes', async () => {
    const api = await answering((_, answer) => setTimeout(() => answer.end('{"id":"1"}'), 500), impatient)
    const form = new FormData()
    form.append('file', new Blob(['a']))
    expect(await api.post('/imports', form)).toEqual({ id: '1' })
  })
})
