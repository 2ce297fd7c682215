import { attributesOf, consentOf, eventsWithin } from '@tropa/db/port'
import type { Runner } from '@tropa/db/statement'
import { durationMs, type FactRef, formatInstant, type Port, type ReadAnswer } from '@tropa/journey'

/** Answers the core's reads from the present state of one customer, inside the leg's transaction. */
export function livePort(runner: Runner, customerId: string, clockId: string | null): Port {
  const within = async (ref: FactRef, now: number) => {
    const { event = '', property = '' } = ref.params
    const from = ref.params.within ? formatInstant(now - durationMs(ref.params.within)) : '-infinity'
    const [found] = await eventsWithin(runner, customerId, event, from, formatInstant(now), clockId, property)
    return found ?? { count: 0, sum: 0 }
  }
  const answers: Record<string, (ref: FactRef, now: number) => Promise<ReadAnswer>> = {
    attribute: async (ref) => {
      const [customer] = await attributesOf(runner, customerId)
      const name = ref.params.name ?? ''
      const known = customer && Object.hasOwn(customer.attributes, name)
      return { value: known ? customer.attributes[name] : undefined, source: 'customer' }
    },
    consent: async (ref) => {
      const [consent] = await consentOf(runner, customerId, ref.params.channel ?? '')
      if (!consent) return { value: undefined, source: 'consent' }
      return {
        value: consent.state === 'granted',
        source: `consent ${formatInstant(consent.changedAt).slice(0, 10)}`,
      }
    },
    event_count: async (ref, now) => ({ value: (await within(ref, now)).count, source: 'events' }),
    event_sum: async (ref, now) => ({ value: (await within(ref, now)).sum, source: 'events' }),
  }
  return { read: async (ref, now) => answers[ref.fact]?.(ref, now) ?? { value: undefined } }
}
