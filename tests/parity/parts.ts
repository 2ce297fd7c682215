import { arbitraryCondition, type Parts, sampleCatalogue } from '@tropa/journey/testing'
import fc from 'fast-check'

const eventNames = sampleCatalogue.events.map(({ name }) => name)
const names = sampleCatalogue.attributes
/** Long enough that a loop through a wait stays short on a clock of some weeks. */
const length = fc.constantFrom('18h', '1d', '3d', '10d', '3w')
const outputs = (first: string, second: string) => fc.constant([first, second])

/** The configs of the real kinds for random journeys. */
export function realParts(templateId: string): Parts {
  return {
    entry: {
      kind: 'event_entry',
      config: fc.constantFrom(...eventNames).map((event) => ({ event, key: '' })),
    },
    others: [
      { kind: 'wait', config: length.map((span) => ({ for: span })) },
      {
        kind: 'wait_event',
        config: fc.record(
          {
            event: fc.constantFrom(...eventNames),
            within: length,
            filter: arbitraryCondition('wait_filter'),
          },
          { requiredKeys: ['event', 'within'] },
        ),
      },
      {
        kind: 'condition',
        config: fc
          .tuple(arbitraryCondition('node'), arbitraryCondition('node'), outputs('yes', 'maybe'))
          .map(([one, two, [first, second]]) => ({
            cases: [
              { id: first, label: '', condition: one },
              { id: second, label: '', condition: two },
            ],
          })),
      },
      {
        kind: 'random_split',
        config: outputs('a', 'b').map((ids) => ({
          shares: ids.map((id) => ({ id, label: id, share: 50 })),
        })),
      },
      {
        kind: 'send_email',
        config: fc.constantFrom('marketing', 'transactional').map((messageClass) => ({
          template: templateId,
          messageClass,
          topic: '',
          connection: null,
          ifUnknown: 'skip',
        })),
      },
      {
        kind: 'update_customer',
        config: fc
          .tuple(fc.constantFrom(...names), fc.constantFrom('a', 2, true, null))
          .map(([attribute, value]) => ({ changes: [{ attribute, value }] })),
      },
      {
        kind: 'goal',
        config: fc.constantFrom('continue', 'leave').map((after) => ({ name: 'Goal', value: null, after })),
      },
      { kind: 'exit', config: fc.constant({ label: 'out' }) },
    ],
  }
}
