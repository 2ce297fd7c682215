import { describe, expect, test } from 'vitest'
import { type Activation, advance, fuel } from './advance.ts'
import { buildActivation, buildEntry, buildPlan, buildPort, day, newYear } from './build.ts'
import { canonicalJson } from './canonical.ts'
import { type Input, newEnrollment } from './enrollment.ts'
import { type AnyKind, defineNode } from './node.ts'
import { UnrecordedRead } from './port.ts'
import { sampleKinds } from './sample-kinds.ts'

const tails = ['done leave {"reason":"exit_node"}']
const standing = {
  wait: buildPlan(
    ['in start {"event":"order"}', 'at sleep {"for":"2d"}', ...tails],
    ['in.next at', 'at.next done'],
  ),
  listen: buildPlan(
    ['in start {"event":"order"}', 'at hear {"event":"visit","within":"3d"}', ...tails],
    ['in.next at', 'at.happened done', 'at.timed_out done'],
  ),
  send: buildPlan(
    ['in start {"event":"order"}', 'at mail {"template":"t"}', ...tails],
    ['in.next at', 'at.sent done'],
  ),
  call: buildPlan(
    ['in start {"event":"order"}', 'at ask {"action":"look"}', ...tails],
    ['in.next at', 'at.done done'],
  ),
  update: buildPlan(
    ['in start {"event":"order"}', 'at write {"name":"vip","value":true}', ...tails],
    ['in.next at', 'at.done done'],
  ),
}

const inputs: Record<string, Input> = {
  timer: { type: 'timer' },
  event: {
    type: 'event',
    event: { id: 'e', name: 'visit', occurredAt: newYear + 1, properties: { page: 'home' } },
    alternative: 0,
  },
  sent: { type: 'result', outcome: 'sent', answer: { message_id: 'm1' } },
  not_sent: { type: 'result', outcome: 'not_sent', reason: 'consent_missing' },
  failed: { type: 'result', outcome: 'failed', reason: 'provider_rejected' },
  done: { type: 'result', outcome: 'done', answer: { score: 9 } },
  skip: { type: 'skip', memberId: 'm' },
  leave: { type: 'leave', reason: 'exit_rule' },
}

async function standAt(place: keyof typeof standing): Promise<Activation> {
  const plan = standing[place]
  const { state, command } = await advance(buildActivation(plan))
  expect(command.do).toBe(place)
  return { ...buildActivation(plan), state }
}

describe('each input at each standing place', () => {
  const accepted: Record<keyof typeof standing, Record<string, string | null>> = {
    wait: { timer: 'next', skip: 'next', leave: null },
    listen: { timer: 'timed_out', skip: 'timed_out', event: 'happened', leave: null },
    send: { sent: 'sent', not_sent: 'not_sent', failed: 'failed', leave: null },
    call: { done: 'done', failed: 'failed', sent: 'failed', not_sent: 'failed', leave: null },
    update: { done: 'done', sent: 'done', not_sent: 'done', failed: 'done', leave: null },
  }
  for (const [place, outputs] of Object.entries(accepted)) {
    for (const [name, input] of Object.entries(inputs)) {
      const there = Object.hasOwn(outputs, name)
      test(`${place} × ${name} ${there ? `leaves by ${outputs[name]}` : 'is refused'}`, async () => {
        const activation = { ...(await standAt(place as keyof typeof standing)), input, now: newYear + day }
        if (!there) {
          await expect(advance(activation)).rejects.toThrow(
            `A pending ${place} cannot be ended by ${input.type}`,
          )
          return
        }
        const { steps, command, state } = await advance(activation)
        expect(steps[0]).toMatchObject({
          node: 'at',
          output: outputs[name],
          seq: 2,
          enteredAt: newYear,
          leftAt: newYear + day,
          input,
        })
        expect(command).toMatchObject({
          do: 'exit',
          status: 'exited',
          reason: name === 'leave' ? 'exit_rule' : 'exit_node',
        })
        expect(state.pending).toBeNull()
      })
    }
  }
})

test('an alternative that was never offered is refused', async () => {
  const activation = { ...(await standAt('listen')), input: { ...inputs.event, alternative: 1 } as Input }
  await expect(advance(activation)).rejects.toThrow('cannot be ended by event')
})

test('answers and events are kept for later nodes, with outcome and reason', async () => {
  const saved = async (place: keyof typeof standing, input: Input) =>
    (await advance({ ...(await standAt(place)), input })).state.saved.at
  expect(await saved('listen', inputs.event as Input)).toEqual({ page: 'home' })
  expect(await saved('send', inputs.not_sent as Input)).toEqual({
    outcome: 'not_sent',
    reason: 'consent_missing',
  })
  expect(await saved('send', inputs.sent as Input)).toEqual({ outcome: 'sent', message_id: 'm1' })
  expect(await saved('call', inputs.done as Input)).toEqual({ outcome: 'done', score: 9 })
  expect(await saved('wait', inputs.timer as Input)).toBeUndefined()
})

test('a failed message is a failed step of an enrollment that goes on', async () => {
  const { steps, command } = await advance({ ...(await standAt('send')), input: inputs.failed as Input })
  expect(steps[0]).toMatchObject({ status: 'failed', output: 'failed', reason: 'provider_rejected' })
  expect(steps[1]).toMatchObject({ node: 'done', status: 'ended' })
  expect(command).toMatchObject({ reason: 'exit_node' })
})

test.each([
  ['exit_rule', 'exited', 'ended'],
  ['goal_reached', 'completed', 'ended'],
  ['removed_by_member', 'removed', 'removed'],
  ['customer_deleted', 'removed', 'removed'],
  ['customer_merged', 'exited', 'ended'],
] as const)('leaving by %s ends as %s and closes the visit as %s', async (reason, status, stepStatus) => {
  const { steps, command } = await advance({ ...(await standAt('wait')), input: { type: 'leave', reason } })
  expect(command).toEqual({ do: 'exit', status, reason, label: null })
  expect(steps).toMatchObject([{ node: 'at', output: null, status: stepStatus, reason }])
})

test('the path ends as completed where an output leads nowhere', async () => {
  const { steps, command } = await advance(buildActivation(buildPlan(['in start {"event":"order"}'], [])))
  expect(steps).toMatchObject([{ node: 'in', output: 'next', status: 'done' }])
  expect(command).toEqual({ do: 'exit', status: 'completed', reason: 'end', label: null })
})

test('a loop without a wait runs out of fuel and fails', async () => {
  const plan = buildPlan(
    ['in start {"event":"order"}', 'a halve', 'b halve'],
    ['in.next a', 'a.a b', 'a.b b', 'b.a a', 'b.b a'],
  )
  const { steps, command, state } = await advance(buildActivation(plan))
  expect(command).toMatchObject({ status: 'failed', reason: 'loop_without_wait' })
  expect(steps).toHaveLength(fuel)
  expect(state.visits).toEqual({ in: 1, a: 500, b: 499 })
})

test('each visit of a node is counted, whatever its id is', async () => {
  const plan = buildPlan(
    ['in start {"event":"order"}', 'constructor sleep {"for":"1d"}'],
    ['in.next constructor', 'constructor.next constructor'],
  )
  const first = await advance(buildActivation(plan))
  const second = await advance({
    ...buildActivation(plan),
    state: first.state,
    input: { type: 'timer' },
    now: newYear + day,
  })
  expect(second.steps).toMatchObject([{ node: 'constructor', visit: 1 }])
  expect(second.state.pending).toMatchObject({
    node: 'constructor',
    visit: 2,
    command: { until: newYear + 2 * day },
  })
})

test('`since` is the instant of what woke the token, or now', async () => {
  const plan = standing.listen
  expect((await advance(buildActivation(plan))).state.pending?.since).toBe(newYear)
  expect((await advance({ ...buildActivation(plan), since: newYear - 5 })).state.pending?.since).toBe(
    newYear - 5,
  )
})

test('the same arguments give the same result, and none of them is changed', async () => {
  const plan = buildPlan(
    [
      'in start {"event":"order"}',
      'if decide {"condition":{"fact":"attribute","params":{"name":"vip"},"operator":"equal","value":true}}',
      'at sleep {"for":"1d"}',
    ],
    ['in.next if', 'if.yes at', 'if.no at'],
  )
  const state = deepFreeze(newEnrollment(buildEntry({ list: [1, { deep: true }] })))
  const activation = { ...buildActivation(deepFreeze(plan), { state }), port: buildPort({ vip: true }) }
  const one = await advance(activation)
  const two = await advance(activation)
  expect(canonicalJson(two)).toBe(canonicalJson(one))
  const third = await advance({
    ...activation,
    state: deepFreeze(one.state),
    input: deepFreeze({ type: 'timer' }),
  })
  expect(third.command).toMatchObject({ do: 'exit', reason: 'end' })
})

test('entering twice and waking somebody who waits for nothing are bugs of the driver', async () => {
  const activation = await standAt('wait')
  await expect(advance({ ...activation, input: { type: 'entered', node: 'in' } })).rejects.toThrow(
    'Only a new enrollment',
  )
  await expect(
    advance({ ...activation, state: newEnrollment(buildEntry()), input: { type: 'timer' } }),
  ).rejects.toThrow('Nothing is pending')
})

describe('what a node does wrong', () => {
  const broken = (run: AnyKind['run']): AnyKind[] => [
    ...sampleKinds,
    defineNode({
      ...(sampleKinds[2] as AnyKind),
      kind: 'broken',
      outputs: { a: { en: '', ru: '' } },
      run,
    } as never),
  ]
  const passing = async (kinds: AnyKind[], installed = kinds) => {
    const plan = buildPlan(['in start {"event":"order"}', 'bad broken'], ['in.next bad'], kinds)
    return advance({ ...buildActivation(plan), kinds: installed })
  }

  test.each<[string, AnyKind['run'], string]>([
    [
      'throws',
      () => {
        throw new Error('division by zero')
      },
      'division by zero',
    ],
    [
      'throws something odd',
      () => {
        throw 'odd'
      },
      'odd',
    ],
    [
      'names an output it does not have',
      () => ({ do: 'go', output: 'nowhere' }),
      'a broken node has no output nowhere',
    ],
    [
      'names an inherited output',
      () => ({ do: 'go', output: 'toString' }),
      'a broken node has no output toString',
    ],
    [
      'waits towards an output it does not have',
      () => ({ do: 'wait', until: 0, output: 'x' }),
      'a broken node has no output x',
    ],
  ])('a node that %s fails its enrollment and says why', async (_, run, label) => {
    const { steps, command } = await passing(broken(run))
    expect(command).toEqual({ do: 'exit', status: 'failed', reason: 'core_error', label })
    expect(steps.at(-1)).toMatchObject({ node: 'bad', status: 'failed', reason: 'core_error', output: null })
  })

  test('a kind that is no longer installed fails the enrollment', async () => {
    const { command } = await passing(
      broken(() => ({ do: 'go', output: 'a' })),
      [...sampleKinds],
    )
    expect(command).toMatchObject({ status: 'failed', label: 'kind broken is not installed' })
  })
})

describe('what the port does wrong', () => {
  const plan = buildPlan(
    [
      'in start {"event":"order"}',
      'if decide {"condition":{"fact":"attribute","params":{"name":"vip"},"operator":"isSet"}}',
    ],
    ['in.next if'],
  )

  test.each([
    new Error('the database is gone'),
    new UnrecordedRead({ fact: 'attribute', params: { name: 'vip' } }),
  ])('is thrown to the driver as it is: %s', async (error) => {
    const port = { read: () => Promise.reject(error) }
    await expect(advance({ ...buildActivation(plan), port })).rejects.toBe(error)
  })
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const member of Object.values(Object.freeze(value))) deepFreeze(member)
  return value
}
