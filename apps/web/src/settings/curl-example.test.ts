import { expect, it } from 'vitest'
import { curlExample } from './curl-example.ts'

const bodyOf = (command: string) => JSON.parse(/-d '(.*)'$/.exec(command)?.[1] ?? '') as object

it('is one command whose body is JSON and whose key is the user of Basic auth', () => {
  const command = curlExample('https://tropa.example', 'sk_abc', 'secret')
  expect(
    command
      .split('\n')
      .slice(0, -1)
      .every((line) => line.endsWith(' \\')),
  ).toBe(true)
  expect(command).toContain('-u sk_abc:')
  expect(bodyOf(command)).toMatchObject({ userId: '00004', event: 'order' })
})

it('names nobody with a write key, which may not', () => {
  const body = bodyOf(curlExample('https://tropa.example', 'wk_abc', 'write'))
  expect(body).toHaveProperty('anonymousId')
  expect(body).not.toHaveProperty('userId')
})
