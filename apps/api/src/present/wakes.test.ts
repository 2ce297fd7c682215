import { compile, type Graph, simulate } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, it } from 'vitest'
import { wakeSentences } from './wakes.ts'

const place = { x: 0, y: 0 }
const graph: Graph = {
  nodes: [
    {
      id: 'start',
      kind: 'event_entry',
      name: '',
      config: { event: 'cart', key: 'cart_id' },
      position: place,
    },
    { id: 'paid', kind: 'wait_event', name: '', config: { event: 'order', within: '3d' }, position: place },
  ],
  edges: [{ id: 'e', from: 'start', output: 'next', to: 'paid' }],
  settings: { reentry: { mode: 'always' }, exitRules: [{ event: 'refund', reason: 'exit_rule' }] },
}

it('of a passage that is told from others by a key say which events are about it', async () => {
  const plan = compile(graph, kinds)
  const entry = { id: '1', name: 'cart', occurredAt: 0, properties: { cart_id: 69_659 } }
  const { state } = await simulate({
    plan,
    kinds,
    identity: { journeyId: 'j', customerId: 'c', entryKey: '69659' },
    customer: { attributes: {}, consents: {}, events: [entry] },
    entry,
    entryNode: 'start',
    until: 1000,
  })
  const said = wakeSentences(state, {
    plan,
    when: () => ({ en: 'Monday', ru: 'в понедельник' }),
    held: false,
  })
  expect(said.map(({ en }) => en)).toEqual([
    '“order” comes with cart_id “69659” or none',
    'Time is up on Monday',
    '“refund” comes with cart_id “69659” or none: the customer leaves',
    'A member skips the wait or removes the customer',
  ])
  expect(said[0]?.ru).toBe('Придёт «order», где cart_id — «69659» или не указано')
})
