import { afterAll, describe, expect, it, vi } from 'vitest'
import { createSignInLimit, signInRate } from '../sign-in-limit.ts'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, baseUrl, person } from '../testing.ts'

let test: AppUnderTest

withApp((opened) => {
  test = opened
  // hashing passwords on a busy machine may take longer than the window
  vi.useFakeTimers({ toFake: ['performance'] })
})

afterAll(() => {
  vi.useRealTimers()
})

/** Signs in over a connection from `peer`, which forwards for `forwarded`. */
async function signIn(email: string, password: string, peer: string, forwarded?: string): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    origin: baseUrl,
    ...(forwarded ? { 'x-forwarded-for': forwarded } : {}),
  }
  const socket = {
    remoteAddress: peer,
    remotePort: 50_000,
    remoteFamily: peer.includes(':') ? 'IPv6' : 'IPv4',
  }
  const init = { method: 'POST', headers, body: JSON.stringify({ email, password }) }
  return (await test.app.request(`${baseUrl}/auth/sign-in/email`, init, { incoming: { socket } })).status
}

const newEmail = async () => {
  const who = await person(test, 'anna')
  return (await who.call('GET', '/api/me')).body.user.email as string
}

async function failOften(email: string, peer: string, forwarded?: string): Promise<void> {
  for (let n = 0; n < signInRate.times; n += 1)
    expect(await signIn(email, 'wrong password', peer, forwarded)).toBe(401)
}

const right = 'correct horse battery'

describe('the limit on failed sign-ins', () => {
  it('holds for one account from one address only', async () => {
    const [anna, boris] = [await newEmail(), await newEmail()]
    await failOften(anna, '198.51.100.1')
    expect(await signIn(anna.toUpperCase(), right, '198.51.100.1')).toBe(429)
    expect(await signIn(boris, right, '198.51.100.1')).toBe(200)
    expect(await signIn(anna, right, '198.51.100.2')).toBe(200)
  })

  it('does not count those that succeed', async () => {
    const anna = await newEmail()
    for (let n = 0; n < signInRate.times + 2; n += 1)
      expect(await signIn(anna, right, '198.51.100.3')).toBe(200)
  })

  it('believes a proxy on this machine the address it adds last, and nobody else any', async () => {
    const anna = await newEmail()
    await failOften(anna, '::ffff:127.0.0.1', '203.0.113.9, 203.0.113.1')
    expect(await signIn(anna, right, '127.0.0.1', '203.0.113.8, 203.0.113.1')).toBe(429)
    expect(await signIn(anna, right, '127.0.0.1', '203.0.113.1, 203.0.113.2')).toBe(200)
    expect(await signIn(anna, right, '127.0.0.1')).toBe(200)
    await failOften(anna, '198.51.100.4', '203.0.113.3')
    expect(await signIn(anna, right, '198.51.100.4', '203.0.113.4')).toBe(429)
  })

  it('ends with its time', () => {
    let now = 0
    const limit = createSignInLimit(() => now)
    for (let n = 0; n < signInRate.times; n += 1) expect(limit.take('anna', 'a')).toBe(true)
    expect(limit.take('anna', 'a')).toBe(false)
    now += signInRate.seconds * 1_000
    expect(limit.take('anna', 'a')).toBe(true)
  })
})
