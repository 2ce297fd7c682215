import { randomUUID } from 'node:crypto'
import type { StoredEnrollment } from '@tropa/db/enrollments'
import type { ClosedWait, CountDelta, Leg, LegResult, NewMessage, NewWait } from '@tropa/db/steps'
import {
  type Advanced,
  type End,
  type EnrollmentState,
  type Input,
  type Pending,
  type Step,
  stepHash,
} from '@tropa/journey'
import { realDue } from './due.ts'

const uuidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Gathers what one leg changes about an enrollment, so that it is written in one statement. */
export class LegDraft {
  state: EnrollmentState
  /** The last instant the token moved at, epoch milliseconds. */
  movedAt = 0
  end: End | null = null
  readonly requests: string[] = []
  private readonly steps: (Step & { hash: string })[] = []
  private readonly counts: CountDelta[] = []
  private readonly opened = new Map<string, NewWait>()
  private readonly closed: ClosedWait[] = []
  private readonly messages: NewMessage[] = []
  private headHash: string

  constructor(readonly enrollment: StoredEnrollment) {
    this.state = enrollment.state
    this.headHash = enrollment.headHash
  }

  /** Whether the token has moved in this leg. */
  get moved(): boolean {
    return this.movedAt > 0
  }

  /** Takes over what an activation of the core decided at `now`. */
  absorb(advanced: Advanced, input: Input, now: number): void {
    const left = this.state.pending
    this.movedAt = now
    if (left?.command.do === 'listen' && input.type !== 'event') this.closeEars(left.seq, input)
    for (const step of advanced.steps) this.keep(step)
    this.state = advanced.state
    const { pending } = advanced.state
    if (advanced.command.do === 'exit') this.end = advanced.command
    else if (pending) {
      this.count(pending.node, '')
      if (pending.command.do === 'listen') this.openEars()
      if (pending.command.do === 'send') this.planMessage()
    }
  }

  /** Records which event ended the pending visit, and that its other ears close. */
  matchEar(listening: Pending, { alternative, event, match }: Extract<Input, { type: 'event' }>): void {
    if (listening.command.do !== 'listen') return
    for (const index of listening.command.alternatives.keys()) {
      const won = index === alternative
      const ear = {
        status: won ? ('matched' as const) : ('cancelled' as const),
        matchedEventId: won ? Number(event.id) : null,
        match: won ? (match ?? null) : null,
      }
      const fresh = this.opened.get(`${listening.seq}.${index}`)
      if (fresh) Object.assign(fresh, ear)
      else this.closed.push({ seq: listening.seq, alternative: index, ...ear })
    }
  }

  /** The message planned for the pending visit in this leg, if it was. */
  plannedMessage(seq: number): string | null {
    return this.messages.find((message) => message.seq === seq)?.id ?? null
  }

  /** What is to be written. */
  finish(): Leg {
    const { id, workspaceId, journeyId, versionId, customerId, personId, clock } = this.enrollment
    return {
      enrollmentId: id,
      workspaceId,
      journeyId,
      versionId,
      customerId,
      personId,
      clockId: clock?.id ?? null,
      steps: this.steps,
      counts: this.counts,
      opened: [...this.opened.values()],
      closed: this.closed,
      messages: this.messages,
      requests: this.requests,
      result: this.result(),
    }
  }

  private result(): LegResult {
    const { state, headHash, end } = this
    const { pending } = state
    const ended = {
      status: end?.status ?? 'active',
      endReason: end?.reason ?? null,
      endLabel: end?.label ?? null,
      endedAt: end ? this.movedAt : null,
    } as const
    if (end || !pending)
      return {
        ...ended,
        state,
        headHash,
        place: null,
        waitingFor: end ? null : 'start',
        dueAt: end ? null : this.enrollment.now,
      }
    return { ...ended, state, headHash, place: pending.node, ...this.waiting(pending.command) }
  }

  private waiting(command: NonNullable<EnrollmentState['pending']>['command']) {
    const { clock, now } = this.enrollment
    switch (command.do) {
      case 'wait':
        return { waitingFor: 'timer', dueAt: realDue(command.until, clock) } as const
      case 'listen':
        return { waitingFor: 'event', dueAt: realDue(command.until, clock) } as const
      case 'send':
        return { waitingFor: 'message', dueAt: now } as const
      default:
        return { waitingFor: 'call', dueAt: now } as const
    }
  }

  private keep(step: Step): void {
    const hash = stepHash(this.headHash, step, this.enrollment.salt)
    this.headHash = hash
    this.steps.push({ ...step, hash })
    if (step.input === null || step.input.type === 'entered') this.count(step.node, '')
    this.count(step.node, step.output ?? `:${step.status}`)
  }

  private count(node: string, output: string): void {
    const known = this.counts.find((delta) => delta.node === node && delta.output === output)
    if (known) known.n += 1
    else this.counts.push({ node, output, n: 1 })
  }

  private openEars(): void {
    const { pending } = this.state
    if (pending?.command.do !== 'listen') return
    for (const [alternative, { event }] of pending.command.alternatives.entries()) {
      this.opened.set(`${pending.seq}.${alternative}`, {
        seq: pending.seq,
        alternative,
        event,
        since: pending.since,
        until: pending.command.until,
        status: 'open',
        matchedEventId: null,
        match: null,
      })
    }
  }

  private closeEars(seq: number, input: Input): void {
    const ears = [...this.opened.values()].filter((ear) => ear.seq === seq)
    const status = input.type === 'timer' ? 'timed_out' : 'cancelled'
    for (const ear of ears) ear.status = status
    if (ears.length === 0)
      this.closed.push({ seq, alternative: null, status, matchedEventId: null, match: null })
  }

  private planMessage(): void {
    const { pending } = this.state
    if (pending?.command.do !== 'send') return
    const { request } = pending.command
    this.messages.push({
      id: randomUUID(),
      node: pending.node,
      visit: pending.visit,
      seq: pending.seq,
      channel: request.channel,
      templateId: uuidPattern.test(request.template) ? request.template : null,
      connectionId: request.connection && uuidPattern.test(request.connection) ? request.connection : null,
    })
  }
}
