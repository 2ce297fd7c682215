import { expect, it } from 'vitest'
import { nobodyEnters, type Reach } from './import-reach.ts'

const journey = (paused: boolean) => ({ journeyId: 'j', name: 'Second order', paused })
const reach = (over: Partial<Reach> = {}): Reach[] => [{ event: 'order', begins: [], awaited: [], ...over }]

it('says nothing when a live journey begins with the event, nor of plain history', () => {
  expect(nobodyEnters(reach({ begins: [journey(true), journey(false)] }), 'compressed')).toBeNull()
  expect(nobodyEnters([], 'history')).toBeNull()
})

it('names the event when no journey begins with it, and the paused journey when that is the only one', () => {
  expect(nobodyEnters(reach(), 'compressed')?.en).toMatch(/^No live journey begins with “order”/)
  const resting = nobodyEnters(reach({ begins: [journey(true)] }), 'compressed')
  expect(resting?.en).toMatch(/“Second order” begins with “order”, and it is paused/)
})

it('tells of those who wait for the event inside a journey, whom only a live import moves on', () => {
  const awaited = reach({ awaited: [journey(false)] })
  expect(nobodyEnters(awaited, 'live')?.en).toContain('who wait for it')
  expect(nobodyEnters(awaited, 'compressed')?.en).not.toContain('who wait for it')
})
