import { bucketOf } from './canonical.ts'
import type { Command } from './command.ts'
import type { Evaluate } from './condition/evaluate.ts'
import { decide, isOutside } from './decide.ts'
import type { BlockingCommand, End, EnrollmentState, Identity, Input, Pending, Step } from './enrollment.ts'
import { type AnyKind, kindOf } from './node.ts'
import { own } from './own.ts'
import type { Plan, PlanNode } from './plan.ts'
import { type Port, type ReadRecord, UnrecordedRead } from './port.ts'

/** The most nodes one activation may pass before it counts as a loop without a wait. */
export const fuel = 1000

export interface Activation {
  plan: Plan
  kinds: readonly AnyKind[]
  identity: Identity
  state: EnrollmentState
  input: Input
  /** Epoch milliseconds by the authority clock (or the test clock). */
  now: number
  /** The instant of what woke the token, if it is not `now`: events after it can end the next `listen`. */
  since?: number
  port: Port
  /** How conditions are evaluated: by json-rules-engine unless given. */
  evaluate?: Evaluate
}

export interface Advanced {
  state: EnrollmentState
  /** Visits that ended in this activation, in order. */
  steps: Step[]
  /** What must happen next: something that takes time, or the end. */
  command: BlockingCommand | End
}

/**
 * The core. Takes one input and goes through the plan until it needs time, an event or the outside world.
 * Pure: the same arguments and the same answers of `port` give the same result; `state` is not changed.
 * Throws when the input does not fit the state (a bug of the driver) and `UnrecordedRead` in re-execution;
 * what a node does wrong ends the enrollment as `failed` instead.
 */
export async function advance(activation: Activation): Promise<Advanced> {
  const walk = new Walk(activation)
  return activation.input.type === 'entered' ? walk.enter(activation.input.node) : walk.resume()
}

class Walk {
  private readonly state: EnrollmentState
  private readonly steps: Step[] = []

  constructor(private readonly at: Activation) {
    this.state = structuredClone(at.state)
  }

  async enter(node: string): Promise<Advanced> {
    if (this.state.seq !== 1) throw new Error('Only a new enrollment can enter')
    return this.go(node, this.at.input)
  }

  async resume(): Promise<Advanced> {
    const { input } = this.at
    const { pending } = this.state
    if (input.type === 'leave') return this.leave(input)
    if (!pending) throw new Error('Nothing is pending that an input could end')
    const output = outputFor(pending.command, input)
    this.keepAnswer(pending, input)
    const reason = input.type === 'result' ? (input.reason ?? null) : null
    const status = input.type === 'result' && input.outcome === 'failed' ? 'failed' : 'done'
    this.close(pending, output, status, input, reason)
    return this.follow(this.nodeOf(pending.node), output)
  }

  private keepAnswer(pending: Pending, input: Input): void {
    if (input.type === 'event') this.state.saved[pending.node] = { ...input.event.properties }
    if (input.type === 'result') {
      this.state.saved[pending.node] = {
        ...input.answer,
        outcome: input.outcome,
        ...(input.reason ? { reason: input.reason } : {}),
      }
    }
  }

  private leave(input: Extract<Input, { type: 'leave' }>): Advanced {
    const removed = input.reason === 'removed_by_member' || input.reason === 'customer_deleted'
    if (this.state.pending)
      this.close(this.state.pending, null, removed ? 'removed' : 'ended', input, input.reason)
    const status = removed ? 'removed' : input.reason === 'goal_reached' ? 'completed' : 'exited'
    return this.end({ do: 'exit', status, reason: input.reason, label: null })
  }

  private async go(first: string, input: Input | null): Promise<Advanced> {
    let id = first
    let arrival = input
    for (let left = fuel; left > 0; left -= 1) {
      const node = this.nodeOf(id)
      const pending = this.open(id)
      const command = await this.runNode(id, node, pending)
      if (command instanceof NodeFault) {
        this.close(pending, null, 'failed', arrival, 'core_error')
        return this.end({ do: 'exit', status: 'failed', reason: 'core_error', label: command.message })
      }
      if (command.do === 'exit') return this.exit(pending, command, arrival)
      if (command.do !== 'go') {
        this.state.pending = { ...pending, command }
        return { state: this.state, steps: this.steps, command }
      }
      pending.decision = command.decision ?? null
      this.close(pending, command.output, 'done', arrival, null)
      const next = this.nextOf(node, command.output)
      if (next === null) return this.end({ do: 'exit', status: 'completed', reason: 'end', label: null })
      id = next
      arrival = null
    }
    return this.end({ do: 'exit', status: 'failed', reason: 'loop_without_wait', label: null })
  }

  private async follow(node: PlanNode, output: string): Promise<Advanced> {
    const next = this.nextOf(node, output)
    if (next === null) return this.end({ do: 'exit', status: 'completed', reason: 'end', label: null })
    return this.go(next, null)
  }

  private open(node: string): Omit<Pending, 'command'> {
    const visit = (own(this.state.visits, node) ?? 0) + 1
    this.state.visits[node] = visit
    const seq = this.state.seq
    this.state.seq += 1
    return {
      node,
      visit,
      seq,
      enteredAt: this.at.now,
      since: this.at.since ?? this.at.now,
      reads: [],
      decision: null,
    }
  }

  private async runNode(
    id: string,
    node: PlanNode,
    pending: { reads: ReadRecord[] },
  ): Promise<Command | NodeFault> {
    const kind = kindOf(this.at.kinds, node.kind)
    if (!kind) return new NodeFault(`kind ${node.kind} is not installed`)
    const { identity, now } = this.at
    const facts = { entry: this.state.entry, saved: this.state.saved }
    try {
      const command = await kind.run({
        config: node.config,
        now,
        nodeId: id,
        entry: this.state.entry,
        decide: (condition) => decide(condition, facts, this.at.port, now, pending.reads, this.at.evaluate),
        bucket: (salt) => bucketOf(salt, identity.journeyId, identity.customerId, identity.entryKey),
      })
      const stray = outputsOf(command).find((output) => own(node.next, output) === undefined)
      return stray === undefined ? command : new NodeFault(`a ${node.kind} node has no output ${stray}`)
    } catch (error) {
      if (error instanceof UnrecordedRead || isOutside(error)) throw error
      return new NodeFault(error instanceof Error ? error.message : String(error))
    }
  }

  private exit(
    pending: Omit<Pending, 'command'>,
    command: Extract<Command, { do: 'exit' }>,
    input: Input | null,
  ): Advanced {
    this.close(pending, null, 'ended', input, command.reason)
    const status = command.reason === 'exit_node' ? 'exited' : 'completed'
    return this.end({ do: 'exit', status, reason: command.reason, label: command.label ?? null })
  }

  private close(
    pending: Omit<Pending, 'command'>,
    output: string | null,
    status: Step['status'],
    input: Input | null,
    reason: string | null,
  ): void {
    const { seq, node, visit, enteredAt, reads, decision } = pending
    this.steps.push({
      seq,
      node,
      kind: this.nodeOf(node).kind,
      visit,
      enteredAt,
      leftAt: this.at.now,
      output,
      status,
      reads,
      decision,
      input,
      reason,
    })
    this.state.pending = null
  }

  private end(command: End): Advanced {
    return { state: this.state, steps: this.steps, command }
  }

  private nodeOf(id: string): PlanNode {
    const node = own(this.at.plan.nodes, id)
    if (!node) throw new Error(`The plan has no node ${id}`)
    return node
  }

  private nextOf(node: PlanNode, output: string): string | null {
    const next = own(node.next, output)
    if (next === undefined) throw new Error(`A ${node.kind} node has no output ${output}`)
    return next
  }
}

class NodeFault extends Error {}

/** Every output a command can lead to. */
function outputsOf(command: Command): string[] {
  switch (command.do) {
    case 'listen':
      return [...command.alternatives.map(({ output }) => output), command.timeout]
    case 'send':
    case 'call':
      return Object.values(command.outputs)
    case 'exit':
      return []
    default:
      return [command.output]
  }
}

function outputFor(command: BlockingCommand, input: Input): string {
  switch (command.do) {
    case 'wait':
      if (input.type === 'timer' || input.type === 'skip') return command.output
      break
    case 'listen':
      if (input.type === 'timer' || input.type === 'skip') return command.timeout
      if (input.type === 'event') {
        const alternative = command.alternatives[input.alternative]
        if (alternative) return alternative.output
      }
      break
    case 'send':
      if (input.type === 'result' && input.outcome !== 'done') return command.outputs[input.outcome]
      break
    case 'call':
      if (input.type === 'result')
        return input.outcome === 'done' ? command.outputs.done : command.outputs.failed
      break
    case 'update':
      if (input.type === 'result') return command.output
      break
  }
  throw new Error(`A pending ${command.do} cannot be ended by ${input.type}`)
}
