import { SMTPServer } from 'smtp-server'

/** A mail server that takes everything and keeps only the count: the same fast provider for every contender. */
let taken = 0
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onData(stream, _session, done) {
    stream.resume()
    stream.once('end', () => {
      taken += 1
      done()
    })
  },
})
await new Promise<void>((resolve, reject) => {
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => resolve())
})
const address = server.server.address()
if (address === null || typeof address === 'string') throw new Error('The mail sink has no port')
const { port } = address
process.on('message', (question) => process.send?.(question === 'port' ? port : taken))
process.once('SIGTERM', () => process.exit(0))
process.once('disconnect', () => process.exit(0))
process.send?.('ready')
