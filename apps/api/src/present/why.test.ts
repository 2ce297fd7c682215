import { emptyGraph, type Graph } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { describe, expect, it } from 'vitest'
import { type ExplainedStep, whySentences } from './why.ts'

const graphWith = (kind: string, config: Record<string, unknown>): Graph => ({
  ...emptyGraph,
  nodes: [{ id: 'n', kind, name: '', config, position: { x: 0, y: 0 } }],
})

const leftBy = { name: 'refund', occurredAt: new Date(0) }

function why(kind: string, config: Record<string, unknown>, step: Partial<ExplainedStep>) {
  const whole = { seq: 1, node: 'n', kind, enteredAt: 0, leftAt: 0, output: 'next', reason: null }
  return whySentences(
    { ...whole, decision: null, input: null, ...step },
    {
      graph: graphWith(kind, config),
      kinds,
      requests: [],
      leftBy,
      when: () => ({ en: '1 Jan', ru: '1 янв.' }),
    },
  )
}

describe('why a step went as it did', () => {
  it('says what an update wrote on the customer and what it cleared', () => {
    const changes = [
      { attribute: 'status', value: 'regular' },
      { attribute: 'spent', value: 12_345.5 },
      { attribute: 'vip', value: true },
      { attribute: 'city', value: null },
    ]
    const input = { type: 'result', outcome: 'done' } as ExplainedStep['input']
    expect(why('update_customer', { changes }, { input })).toEqual([
      {
        en: 'written on the customer: status = “regular”, spent = 12,345.5, vip = yes; cleared: city',
        ru: 'записано клиенту: status = «regular», spent = 12\u00a0345,5, vip = да; очищено: city',
      },
    ])
  })

  it('names the event by which an exit rule took the customer out', () => {
    const input = { type: 'leave', reason: 'exit_rule', eventId: '7' } as ExplainedStep['input']
    expect(why('wait', { for: '2d' }, { input, output: null, reason: 'exit_rule' })).toEqual([
      {
        en: '“refund” came on 1 Jan: an exit rule ended the journey',
        ru: '«refund» пришло 1 янв.: правило выхода закончило сценарий',
      },
    ])
  })

  it('writes the place of a split in each language’s numbers', () => {
    const shares = [
      { id: 'a', label: 'A', share: 50 },
      { id: 'b', label: 'B', share: 50 },
    ]
    const decision = {
      by: 'split' as const,
      bucket: 0.20449,
      shares: shares.map(({ id, share }) => ({ output: id, share })),
      chosen: 'a',
    }
    expect(why('random_split', { shares }, { decision })).toEqual([
      {
        en: 'this customer’s fixed place is 20.4 of 100, so “A · 50 %”',
        ru: 'постоянное место клиента — 20,4 из 100, поэтому «A · 50 %»',
      },
    ])
  })

  it('names an output only by what its comparison does not say itself', () => {
    const over = (value: number) => ({
      fact: 'entry',
      params: { property: 'total' },
      operator: 'greaterThan',
      value,
    })
    const decided = (label: string) => {
      const cases = [
        { id: 'a', label, condition: { all: [over(500)] } },
        { id: 'b', label: '', condition: over(50) },
      ]
      const outputs = [500, 50].map((value, index) => {
        const result = value < 77 ? ('true' as const) : ('false' as const)
        const trace = {
          type: 'leaf' as const,
          leaf: over(value),
          actual: 77,
          expected: value,
          result,
          unknownBecause: null,
        }
        return { output: cases[index]?.id ?? '', trace }
      })
      const decision = { by: 'condition' as const, outputs, chosen: 'b' }
      return why('condition', { cases }, { decision, output: 'b' }).map(({ en }) => en)
    }
    expect(decided('')).toEqual(['total was 77, over 500: no', 'total was 77, over 50: yes'])
    expect(decided('Huge')[0]).toBe('“Huge”: total was 77, over 500: no')
  })
})
