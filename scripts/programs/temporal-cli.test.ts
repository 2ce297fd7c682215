import { expect, test } from 'vitest'
import { firstThatWorks, NotThere, readVersion } from './temporal-cli.ts'

function way(name: string, answer: string | Error, tried: string[]) {
  return {
    name,
    find: () => {
      tried.push(name)
      if (answer instanceof Error) throw answer
      return answer
    },
  }
}

test('ways are tried in order and no further than needed', async () => {
  const tried: string[] = []
  const said: string[] = []
  const ways = [
    way('a', new Error('not here'), tried),
    way('b', new Error('too old'), tried),
    way('c', '/bin/temporal', tried),
    way('d', '/other', tried),
  ]
  expect(await firstThatWorks(ways, (line) => said.push(line))).toBe('/bin/temporal')
  expect(tried).toEqual(['a', 'b', 'c'])
  expect(said).toEqual(['The Temporal CLI is here, from c. Tried before: a (not here); b (too old).'])
})

test('when nothing works the error names every way and what to do', async () => {
  const ways = [way('a', new Error('not here'), []), way('b', new Error('no network'), [])]
  const answer = firstThatWorks(ways, () => undefined)
  await expect(answer).rejects.toThrow(/by a: not here[\s\S]*by b: no network[\s\S]*TEMPORAL_ADDRESS/)
})

test('a way that is not there is passed over in silence, and named when nothing works', async () => {
  const said: string[] = []
  const ways = [way('a', new NotThere('not set'), []), way('b', new Error('no network'), [])]
  await expect(firstThatWorks(ways, (line) => said.push(line))).rejects.toThrow(/by a: not set/)
  await firstThatWorks([way('a', new NotThere('not set'), []), way('b', '/bin/temporal', [])], (line) =>
    said.push(line),
  )
  expect(said).toEqual([])
})

test('a way that fails later than at once is also passed over', async () => {
  const late = { name: 'late', find: () => Promise.reject(new Error('checksum')) }
  expect(await firstThatWorks([late, way('b', 'x', [])], () => undefined)).toBe('x')
})

test.each([
  ['temporal version 1.9.1 (Server 1.32.0, UI 2.50.0)', [1, 9]],
  ['temporal version 0.0.0-DEV (Server 1.29.1)', [0, 0]],
  ['something else', null],
])('version of %j', (text, version) => {
  expect(readVersion(text)).toEqual(version)
})
