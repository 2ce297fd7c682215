import { expect, test } from 'vitest'
import { nodeProblem } from './install.mjs'

test.each(['20.11.0', '20.20.2', '22.0.0', '24.21.0'])('Node %s will do', (version) => {
  expect(nodeProblem(version)).toBeNull()
})

test.each(['18.20.0', '20.10.0', '16.1.0'])('Node %s is refused with a sentence', (version) => {
  expect(nodeProblem(version)).toBe(
    `Tropa needs Node.js 20.11 or newer and this is ${version}. Install a current one from https://nodejs.org and try again.`,
  )
})
