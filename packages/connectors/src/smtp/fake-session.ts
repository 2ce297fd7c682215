import type { Socket } from 'node:net'
import type { Fault, FaultPoint, SessionHost } from './fake-script.ts'

/** What a command leads to: a reply, silence for good, or a cut connection. */
type Answer = { reply: string; afterMs?: number } | 'hang' | 'cut'

const say = (reply: string): Answer => ({ reply })

/** One session of the fake SMTP server. */
export class FakeSession {
  #buffer = ''
  #inData = false
  #hung = false
  #authStep: 'user' | 'pass' | null = null
  #loginUser = ''
  #authenticated = false
  #mailed = false
  #from = ''
  #to: string[] = []
  readonly #server: SessionHost
  readonly #socket: Socket

  constructor(server: SessionHost, socket: Socket) {
    this.#server = server
    this.#socket = socket
  }

  greet(): void {
    this.#act(this.#scripted('greeting', '220 fake.test ESMTP').answer)
  }

  receive(text: string): void {
    this.#buffer += text
    while (!this.#hung && !this.#socket.destroyed) {
      const answer = this.#inData ? this.#body() : this.#line()
      if (!answer) return
      this.#act(answer)
    }
  }

  #act(answer: Answer): void {
    if (answer === 'hang') {
      this.#hung = true
      this.#socket.pause()
    } else if (answer === 'cut') this.#socket.destroy()
    else if (answer.afterMs) setTimeout(() => this.#write(answer.reply), answer.afterMs)
    else this.#write(answer.reply)
  }

  #write(reply: string): void {
    if (this.#socket.destroyed) return
    this.#socket.write(`${reply}\r\n`)
    if (reply.startsWith('221')) this.#socket.end()
  }

  /** The usual reply unless the script has a fault for this point. */
  #scripted(point: FaultPoint, usual: string): { answer: Answer; usual: boolean } {
    const fault = this.#server.take(point)
    return fault ? { answer: answerOf(fault, usual), usual: false } : { answer: say(usual), usual: true }
  }

  #line(): Answer | null {
    const end = this.#buffer.indexOf('\r\n')
    if (end < 0) return null
    const line = this.#buffer.slice(0, end)
    this.#buffer = this.#buffer.slice(end + 2)
    return this.#authStep ? this.#login(line) : this.#command(line)
  }

  #command(line: string): Answer {
    const verb = line.split(' ')[0]?.toUpperCase()
    if (verb === 'EHLO') return say(this.#extensions())
    if (verb === 'AUTH') return this.#auth(line)
    if (verb === 'RSET') return this.#forget('250 2.0.0 flushed')
    if (verb === 'QUIT') return say('221 2.0.0 bye')
    if (this.#server.options.user && !this.#authenticated) return say('530 5.7.0 Authentication required')
    if (verb === 'MAIL') return this.#mail(line)
    if (verb === 'RCPT') return this.#rcpt(line)
    return verb === 'DATA' ? this.#data() : say('500 5.5.1 unknown command')
  }

  #extensions(): string {
    const { pipelining = true, user, maxSize } = this.#server.options
    const lines = [
      'fake.test',
      '8BITMIME',
      'SMTPUTF8',
      'ENHANCEDSTATUSCODES',
      `SIZE ${maxSize ?? 20_000_000}`,
    ]
    if (pipelining) lines.push('PIPELINING')
    if (user) lines.push('AUTH PLAIN LOGIN')
    return lines.map((line, at) => `250${at === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n')
  }

  #auth(line: string): Answer {
    const [, method, initial] = line.split(' ')
    if (method === 'PLAIN' && initial) {
      const [, user, password] = Buffer.from(initial, 'base64').toString('utf8').split('\0')
      return this.#checkLogin(user, password)
    }
    if (method !== 'LOGIN') return say('504 5.5.4 unrecognised method')
    this.#authStep = 'user'
    return say(`334 ${Buffer.from('Username:').toString('base64')}`)
  }

  #login(line: string): Answer {
    const text = Buffer.from(line, 'base64').toString('utf8')
    if (this.#authStep === 'user') {
      this.#loginUser = text
      this.#authStep = 'pass'
      return say(`334 ${Buffer.from('Password:').toString('base64')}`)
    }
    this.#authStep = null
    return this.#checkLogin(this.#loginUser, text)
  }

  #checkLogin(user: string | undefined, password: string | undefined): Answer {
    const known = user === this.#server.options.user && password === this.#server.options.password
    if (!known) return say('535 5.7.8 Authentication credentials invalid')
    const { answer, usual } = this.#scripted('auth', '235 2.7.0 accepted')
    this.#authenticated = usual
    return answer
  }

  #mail(line: string): Answer {
    const size = Number(/SIZE=(\d+)/.exec(line)?.[1] ?? 0)
    if (size > (this.#server.options.maxSize ?? Number.POSITIVE_INFINITY)) {
      return say('552 5.3.4 message size exceeds limit')
    }
    const { answer, usual } = this.#scripted('mail', '250 2.1.0 ok')
    this.#mailed = usual
    this.#from = /<([^>]*)>/.exec(line)?.[1] ?? ''
    this.#to = []
    return answer
  }

  #rcpt(line: string): Answer {
    if (!this.#mailed) return say('503 5.5.1 MAIL first')
    const to = /<([^>]*)>/.exec(line)?.[1] ?? ''
    if (this.#server.greylists(this.#from, to)) return say('450 4.7.1 Greylisted, try again in 2 minutes')
    const { answer, usual } = this.#scripted('rcpt', '250 2.1.5 ok')
    if (usual) this.#to.push(to)
    return answer
  }

  #data(): Answer {
    if (this.#to.length === 0) return say('503 5.5.1 RCPT first')
    const { answer, usual } = this.#scripted('data', '354 go ahead')
    this.#inData = usual
    return answer
  }

  /** Collects the body up to the dot; null when more bytes are needed. */
  #body(): Answer | null {
    const fault = this.#buffer.length > 0 ? this.#server.take('body') : undefined
    if (fault) return fault.do === 'cut' ? 'cut' : 'hang'
    const end = this.#buffer.indexOf('\r\n.\r\n')
    if (end < 0) return null
    const raw = this.#buffer.slice(0, end).replace(/^\.\./gm, '.')
    this.#buffer = this.#buffer.slice(end + 5)
    this.#inData = false
    return this.#finish(raw)
  }

  #finish(raw: string): Answer {
    const fault = this.#server.take('dot')
    if (!fault || fault.do.startsWith('accept')) {
      const messageId = /^message-id:\s*(\S+)/im.exec(raw)?.[1] ?? ''
      this.#server.ledger.push({ from: this.#from, to: this.#to, messageId, raw })
    }
    const usual = `250 2.0.0 Ok: queued as F${this.#server.ledger.length}`
    const answer = fault ? answerOf(fault, usual) : say(usual)
    if (typeof answer === 'string') return answer
    this.#forget(answer.reply)
    return answer
  }

  #forget(reply: string): Answer {
    this.#mailed = false
    this.#to = []
    return say(reply)
  }
}

function answerOf(fault: Fault, usual: string): Answer {
  if (fault.do === 'reply') return say(fault.reply)
  if (fault.do === 'accept') return say(usual)
  if (fault.do === 'accept-late') return { reply: usual, afterMs: fault.afterMs }
  return fault.do === 'hang' || fault.do === 'accept-then-hang' ? 'hang' : 'cut'
}
