import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { apiAt, Failure, Unreachable } from './api.ts'

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** The API below `/api` of a server that answers so. */
async function answering(listener: RequestListener) {
  const listening = createServer(listener)
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const { port } = listening.address() as { port: number }
  return apiAt(`http://127.0.0.1:${port}/api`)
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
})
