import { expect, it } from 'vitest'
import { curlExample } from './curl-example.ts'

it('is one command whose body is JSON and whose key is the user of Basic auth', () => {
  const command = curlExample('https://tropa.example', 'wk_abc')
  expect(
    command
      .split('\n')
      .slice(0, -1)
      .every((line) => line.endsWith(' \\')),
  ).toBe(true)
  expect(command).toContain('-u wk_abc:')
  const body = /-d '(.*)'$/.exec(command)?.[1] ?? ''
  expect(JSON.parse(body)).toMatchObject({ userId: '00004', event: 'order' })
})
