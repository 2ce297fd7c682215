import type { Graph } from '@tropa/journey'
import { arbitraryCondition, arbitraryGraph, type Parts } from '@tropa/journey/testing'
import { kinds } from '@tropa/nodes'
import fc from 'fast-check'

const length = fc.constantFrom('30m', '1d', '7d', '30d')
const event = fc.constantFrom('order', 'visit')
const cases = fc
  .array(arbitraryCondition('node'), { minLength: 1, maxLength: 3 })
  .map((conditions) => conditions.map((condition, index) => ({ id: `case_${index}`, label: '', condition })))
const shares = fc.integer({ min: 0, max: 100 }).map((share) => [
  { id: 'a', label: 'A', share },
  { id: 'constructor', label: 'B', share: 100 - share },
])

/** Random configs of every kind there is: a new kind fails the test beside this file until it has its line here. */
export const kindParts: Parts = {
  entry: { kind: 'event_entry', config: event.map((name) => ({ event: name })) },
  others: [
    { kind: 'wait', config: length.map((span) => ({ for: span })) },
    {
      kind: 'wait_event',
      config: fc.record(
        { event, within: length, filter: arbitraryCondition('wait_filter') },
        { requiredKeys: ['event', 'within'] },
      ),
    },
    { kind: 'condition', config: cases.map((listed) => ({ cases: listed })) },
    { kind: 'random_split', config: shares.map((listed) => ({ shares: listed })) },
    { kind: 'send_email', config: fc.constant({ template: 'hello' }) },
    {
      kind: 'update_customer',
      config: fc.constantFrom('a', 5, null).map((value) => ({ changes: [{ attribute: 'city', value }] })),
    },
    {
      kind: 'goal',
      config: fc.constantFrom('continue', 'leave').map((after) => ({ name: 'Bought', after })),
    },
    { kind: 'exit', config: fc.constant({ label: 'Done' }) },
  ],
}

/** A random journey of the real kinds that can be published with the catalogue of the grammar's testing face. */
export const randomJourney: fc.Arbitrary<Graph> = arbitraryGraph(kinds, kindParts)
