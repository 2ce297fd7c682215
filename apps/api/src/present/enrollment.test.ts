import type { KeptEnrollment } from '@tropa/db/enrollment-path'
import { compile, type Graph, newEnrollment, simulate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { describe, expect, it } from 'vitest'
import { pathOf, presentEnrollment } from './enrollment.ts'

const day = 86_400_000
const graph: Graph = {
  nodes: [
    { id: 'start', kind: 'event_entry', name: '', config: { event: 'order' }, position: { x: 0, y: 0 } },
    {
      id: 'next',
      kind: 'wait_event',
      name: 'Ordered again?',
      config: { event: 'order', within: '30d' },
      position: { x: 0, y: 0 },
    },
    {
      id: 'big',
      kind: 'condition',
      name: '',
      config: {
        cases: [
          {
            id: 'yes',
            label: 'Over 50',
            condition: { fact: 'entry', params: { property: 'total' }, operator: 'greaterThan', value: 50 },
          },
        ],
      },
      position: { x: 0, y: 0 },
    },
    { id: 'mail', kind: 'send_email', name: '', config: { template: 't' }, position: { x: 0, y: 0 } },
    { id: 'rest', kind: 'wait', name: '', config: { for: '2d' }, position: { x: 0, y: 0 } },
  ],
  edges: [
    { id: 'e1', from: 'start', output: 'next', to: 'next' },
    { id: 'e2', from: 'next', output: 'timed_out', to: 'big' },
    { id: 'e3', from: 'big', output: 'else', to: 'mail' },
    { id: 'e4', from: 'mail', output: 'sent', to: 'rest' },
  ],
  settings: { reentry: { mode: 'never' }, exitRules: [{ event: 'refund', reason: 'exit_rule' }] },
}
const plan = compile(graph, kinds)

async function kept(total: number | undefined, until: number): Promise<KeptEnrollment> {
  const entry = { id: '1', name: 'order', occurredAt: 0, properties: total === undefined ? {} : { total } }
  const { steps, state, end } = await simulate({
    plan,
    kinds,
    identity: { journeyId: 'j', customerId: 'c', entryKey: '' },
    customer: { attributes: {}, consents: {}, events: [entry] },
    entry,
    entryNode: 'start',
    outcome: () => ({ type: 'result', outcome: 'not_sent', reason: 'consent_missing' }),
    until,
  })
  const iso = new Date(0).toISOString()
  return {
    row: {
      id: 'e',
      journeyId: 'j',
      journeyName: 'Win-back',
      version: 1,
      customerId: 'c',
      attributes: { first_name: 'Anna' },
      identifiers: [],
      status: end?.status ?? 'active',
      endReason: end?.reason ?? null,
      endLabel: null,
      place: state.pending?.node ?? null,
      placeNode: null,
      waitingFor: state.pending ? 'timer' : null,
      dueAt: state.pending ? iso : null,
      waitsUntil: null,
      enteredAt: iso,
      endedAt: null,
      clockId: null,
      cursorAt: iso,
      cursorId: 'e',
    },
    versionId: 'v',
    entryKey: '',
    state,
    salt: 's',
    headHash: 'head',
    graph,
    plan,
    clock: null,
    templates: [],
    leftBy: null,
    steps: steps.map((step) => ({
      ...step,
      enrollmentId: 'e',
      workspaceId: 'w',
      versionId: 'v',
      enteredAt: new Date(step.enteredAt),
      leftAt: new Date(step.leftAt),
      hash: '',
    })),
    messages: [],
    attempts: [],
    requests: [],
  }
}

describe('a passage', () => {
  it('says why each turn was taken, in both languages', async () => {
    const shown = presentEnrollment(await kept(20, 31 * day), kinds, 'UTC')
    expect(shown.steps.map(({ why }) => why.map(({ en }) => en))).toEqual([
      ['“order” came on 1 Jan 1970, 00:00'],
      ['waited 30 days, no “order” came'],
      ['total was 20, over 50: no'],
      ['The customer never agreed to email.'],
    ])
    expect(shown.steps[1]?.why[0]?.ru).toBe('ожидание: 30 дней; события «order» не было')
    expect(shown.steps.map(({ outputLabel }) => outputLabel?.en)).toEqual([
      'Next',
      'Time is up',
      'Otherwise',
      'Not sent',
    ])
  })

  it('draws its path, an output without an edge going the way of its fallback', async () => {
    const shown = presentEnrollment(await kept(undefined, 31 * day), kinds, 'UTC')
    expect(shown.steps[2]?.output).toBe('unknown')
    expect(shown.path).toEqual({
      nodes: { start: [1], next: [2], big: [3], mail: [4], rest: [5] },
      edges: { e1: true, e2: true, e3: true, e4: true },
    })
  })

  it('that waits tells everything that can move it on', async () => {
    const shown = presentEnrollment(await kept(20, 1 * day), kinds, 'Europe/Moscow')
    expect(shown.pending).toMatchObject({ node: 'next', visit: 1 })
    expect(shown.pending?.wakes.map(({ en }) => en)).toEqual([
      '“order” comes',
      'Time is up on 31 Jan 1970, 03:00',
      '“refund” comes: the customer leaves',
      'A member skips the wait or removes the customer',
    ])
  })

  it('names when a message is tried again, unless its journey has to go on first', async () => {
    const waiting = await kept(20, 1 * day)
    const [seq, retryAt] = [waiting.state.pending?.seq ?? 0, new Date(day)]
    const shownWith = (reason: string) => {
      const message = { id: 'm', seq, status: 'planned' as const, reason, retryAt, gate: null, html: null }
      const empty = { address: null, subject: null, text: null, connection: null }
      return presentEnrollment({ ...waiting, messages: [{ ...message, ...empty }] }, kinds, 'UTC').pending
    }
    expect(shownWith('provider_temporary')?.message?.retryAt).toEqual(retryAt)
    expect(shownWith('journey_paused')?.message?.retryAt).toBeNull()
  })

  it('that ended waits for nothing', async () => {
    const shown = presentEnrollment(await kept(20, 400 * day), kinds, 'UTC')
    expect(shown.pending).toBeNull()
    expect(shown).toMatchObject({
      status: 'completed',
      endReasonText: { en: 'The path ended here.' },
      customerName: 'Anna',
    })
  })

  it('calls a block by the template it sends, as the canvas does', async () => {
    const sending = { ...(await kept(20, 31 * day)), templates: [{ id: 't', name: 'We miss you' }] }
    const shown = presentEnrollment(sending, kinds, 'UTC')
    expect(shown.steps.map(({ nodeName }) => nodeName.en)).toEqual([
      'Event',
      'Ordered again?',
      'Condition',
      'We miss you',
    ])
  })

  it.each([
    ['exit_node', 'bye', 'It came to the exit “bye”.', 'Дошёл до выхода «bye».'],
    ['exit_node', '', 'It came to an exit.', 'Дошёл до блока «Выход».'],
    [
      'goal_reached',
      'Second order',
      'The goal “Second order” was reached.',
      'Цель «Second order» достигнута.',
    ],
  ])('that ended by %s “%s” says so in one sentence', async (endReason, endLabel, en, ru) => {
    const ended = await kept(20, 400 * day)
    const { endReasonText } = presentEnrollment(
      { ...ended, row: { ...ended.row, endReason, endLabel } },
      kinds,
      'UTC',
    )
    expect(endReasonText).toEqual({ en, ru })
  })

  it('says at the step of an exit only what its name adds', async () => {
    const ended = await kept(20, 400 * day)
    const leaving = (endLabel: string) => {
      const last = ended.steps.at(-1) as KeptEnrollment['steps'][number]
      const row = { ...ended.row, endReason: 'exit_node', endLabel }
      const steps = [{ ...last, kind: 'exit', output: null, reason: 'exit_node' }]
      return presentEnrollment({ ...ended, row, steps }, kinds, 'UTC').steps[0]?.reasonText
    }
    expect(leaving('bye')?.en).toBe('It came to the exit “bye”.')
    expect(leaving('')).toBeNull()
  })

  it('names who skipped a wait and why', async () => {
    const waiting = await kept(20, 1 * day)
    const skipped = {
      ...waiting,
      steps: waiting.steps.concat({
        ...(waiting.steps[0] as KeptEnrollment['steps'][number]),
        seq: 2,
        node: 'next',
        kind: 'wait_event',
        output: 'timed_out',
        input: { type: 'skip', memberId: 'm' },
      }),
      requests: [
        {
          id: 'r',
          kind: 'skip' as const,
          seq: 2,
          reason: 'she called us',
          memberId: 'm',
          memberName: 'Olga',
          appliedAt: null,
        },
      ],
    }
    const shown = presentEnrollment(skipped, kinds, 'UTC')
    expect(shown.steps[1]?.why).toEqual([
      { en: 'Olga skipped the wait: she called us', ru: 'пропуск ожидания (Olga): she called us' },
    ])
  })
})

it('a path through a loop keeps every number of a visit', () => {
  const loop = [
    { seq: 1, node: 'rest', kind: 'wait', output: 'next' },
    { seq: 2, node: 'big', kind: 'condition', output: 'else' },
    { seq: 3, node: 'rest', kind: 'wait', output: 'next' },
  ]
  expect(pathOf(loop, { node: 'big', seq: 4 }, graph, kinds).nodes).toEqual({ rest: [1, 3], big: [2, 4] })
})

it('nodes of a version that was frozen without places stand apart', async () => {
  const shown = presentEnrollment(await kept(20, 1 * day), kinds, 'UTC')
  const places = shown.graph.nodes.map(({ position }) => `${position.x} ${position.y}`)
  expect(new Set(places).size).toBe(graph.nodes.length)
})

it('a new enrollment that took no step yet can be shown', async () => {
  const waiting = await kept(20, 1 * day)
  const fresh = { ...waiting, steps: [], state: newEnrollment(waiting.state.entry) }
  expect(presentEnrollment(fresh, kinds, 'UTC')).toMatchObject({
    steps: [],
    pending: null,
    path: { nodes: {} },
  })
})

it('a path leads through nodes and outputs whose ids every object inherits something under', () => {
  const odd = (from: string, to: string) => ({ id: `${from}-${to}`, from, output: 'toString', to })
  const drawn: Graph = { ...graph, edges: [odd('constructor', 'valueOf')] }
  const steps = [{ node: 'constructor', kind: 'condition', seq: 1, output: 'toString' }]
  expect(pathOf(steps, { node: 'valueOf', seq: 2 }, drawn, kinds)).toEqual({
    nodes: { constructor: [1], valueOf: [2] },
    edges: { 'constructor-valueOf': true },
  })
})
