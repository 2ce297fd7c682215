import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  compile,
  type EventFacts,
  formatInstant,
  parseInstant,
  type Simulated,
  simulate,
} from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { expect, test } from 'vitest'
import { expectGolden } from './compare.ts'
import { mainJourney } from './main-journey.ts'

const plan = compile(mainJourney, kinds)
const log = process.env.CDNOW_LOG

/** Purchases of the CDNOW log by customer; takes the sample's five columns and the full log's four. */
function readPurchases(text: string): Map<string, EventFacts[]> {
  const customers = new Map<string, EventFacts[]>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const columns = line.trim().split(/\s+/)
    if (columns.length < 4) continue
    const [customer = ''] = columns
    const [date = '', quantity = '', total = ''] = columns.slice(-3)
    const occurredAt = parseInstant(date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'))
    if (occurredAt === null) throw new Error(`Line ${index + 1} has no date: ${line}`)
    const order = {
      id: `line-${index + 1}`,
      name: 'order',
      occurredAt,
      properties: { quantity: Number(quantity), total: Number(total) },
    }
    customers.set(customer, [...(customers.get(customer) ?? []), order])
  }
  return customers
}

async function walk(customerId: string, orders: EventFacts[]): Promise<Simulated> {
  return simulate({
    plan,
    kinds,
    identity: { journeyId: 'journey', customerId, entryKey: '' },
    customer: { attributes: {}, consents: {}, events: orders },
    entry: orders[0] as EventFacts,
    entryNode: 'ordered',
  })
}

const date = (instant: number | undefined) =>
  instant === undefined ? '?' : formatInstant(instant).slice(0, 10)

test('real customers of the excerpt take the written way', async () => {
  const customers = readPurchases(readFileSync(join(import.meta.dirname, 'data/cdnow-excerpt.txt'), 'utf8'))
  const lines = ['# Customers of the CDNOW excerpt in the main journey', '']
  for (const [customer, orders] of customers) {
    const { steps } = await walk(customer, orders)
    const mail = steps.at(-1)
    lines.push(
      `${customer}: first order ${date(orders[0]?.occurredAt)} of ${orders[0]?.properties.total}, ${orders.length} in all; ` +
        `${steps[1]?.output} on ${date(steps[1]?.leftAt)}; ${mail?.node} ${mail?.output} at step ${mail?.seq}`,
    )
  }
  expectGolden('journeys/cdnow-excerpt.txt', lines)
})

if (!log) process.stdout.write('NOT RUN: the whole CDNOW log (set CDNOW_LOG to its file)\n')

test.skipIf(!log)('the whole log gives the known counts', async () => {
  const customers = readPurchases(readFileSync(log ?? '', 'utf8'))
  const counts: Record<string, number> = { customers: customers.size, purchases: 0 }
  const add = (key: string, more = 1) => {
    counts[key] = (counts[key] ?? 0) + more
  }
  for (const [customer, orders] of customers) {
    add('purchases', orders.length)
    for (const { node, output } of (await walk(customer, orders)).steps) add(`${node}.${output}`)
  }
  const large = [...customers.values()].filter(([first]) => (first?.properties.total as number) > 50).length
  expect(counts).toMatchObject({
    customers: 2357,
    purchases: 6919,
    'ordered.next': 2357,
    'next_order.happened': 410,
  })
  expect(counts['next_order.timed_out']).toBe(2357 - 410)
  expect((counts['offer.sent'] ?? 0) + (counts['reminder.sent'] ?? 0)).toBe(2357 - 410)
  expect(counts['thanks.sent']).toBe(410)
  expect(counts['large.over_50']).toBeLessThanOrEqual(large)
})
