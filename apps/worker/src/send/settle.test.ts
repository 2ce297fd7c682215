import type { DeliveryResult } from '@tropa/connectors'
import { expect, it } from 'vitest'
import { brokenSentence, judge } from './settle.ts'

const notSent = (scope: 'recipient' | 'connection', retryAfterMs?: number): DeliveryResult => ({
  outcome: 'not_sent',
  reason: scope === 'connection' ? 'unreachable' : 'unknown',
  scope,
  detail: { en: 'The server did not take it.', ru: 'Сервер его не принял.' },
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
})
const waits = (result: DeliveryResult) =>
  [1, 2, 3, 4, 9].map((number) => (judge(result, 'skip', number).retryInMs ?? 0) / 1_000)

it('tries a refused message more and more rarely, up to half an hour', () => {
  expect(waits(notSent('recipient'))).toEqual([2, 8, 32, 128, 1_800])
})

it('asks a server that is away every minute at least, so that mail leaves soon after it is back', () => {
  expect(waits(notSent('connection'))).toEqual([2, 8, 32, 60, 60])
})

it('waits as long as the server has asked for', () => {
  expect(waits(notSent('connection', 90_000))).toEqual([90, 90, 90, 90, 90])
})

it('says at a connection what the attempt said, and what becomes of the messages', () => {
  const detail = { en: 'The name of the mail server was not found.', ru: 'Имя почтового сервера не найдено.' }
  expect(brokenSentence({ outcome: 'not_sent', scope: 'connection', reason: 'network', detail })).toEqual({
    en: 'The name of the mail server was not found. Messages wait and go out when it works again.',
    ru: 'Имя почтового сервера не найдено. Сообщения ждут и уйдут, когда он снова заработает.',
  })
})
