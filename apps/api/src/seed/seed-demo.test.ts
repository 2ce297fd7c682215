import { closeRenderer, compileTemplate, renderEmail } from '@tropa/connectors/render'
import { afterAll, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { demoMember } from '../demo.ts'
import { withApp } from '../testing/with-app.ts'
import { type AppUnderTest, caller, signIn } from '../testing.ts'
import { seedDemo } from './seed-demo.ts'
import { seedTemplates } from './templates.ts'

let test: AppUnderTest

withApp((opened) => {
  test = opened
})

afterAll(closeRenderer)

it('makes one demo workspace however often and at once it runs, ready to sign in and send', async () => {
  const ids = await Promise.all([seedDemo(test.deps, 'ru'), seedDemo(test.deps, 'ru')])
  expect(new Set([...ids, await seedDemo(test.deps, 'en')]).size).toBe(1)
  const { demo, needsOwner } = (await caller(test.app, '').call('GET', '/api/setup')).body
  expect(needsOwner).toBe(true)
  expect(demo).toEqual(demoMember(test.deps.installation.secret))
  const member = caller(test.app, '', await signIn(test.app, demo.email, demo.password))
  const { workspaces } = (await member.call('GET', '/api/me')).body
  expect(workspaces).toMatchObject([{ name: 'Лавка', role: 'owner', isDemo: true, language: 'ru' }])
  const catalogue = (await member.call('GET', `/api/w/${ids[0]}/catalogue`)).body
  expect(catalogue.templates.length).toBe(3)
  expect(catalogue.connections).toMatchObject([{ isDefault: true }])
})

it('is not offered when the installation says so', async () => {
  const quiet = createApp({ ...test.deps, installation: { ...test.deps.installation, demo: false } })
  expect((await caller(quiet, '').call('GET', '/api/setup')).body.demo).toBeNull()
})

it.each(seedTemplates.map((template) => [template.name, template] as const))(
  '“%s” can be sent to somebody of whom nothing is known, and lets them out',
  async (_, template) => {
    const made = await compileTemplate({ ...template, format: 'mjml' })
    if (!made.ok) throw new Error(JSON.stringify(made.problems))
    const nothing = {
      customer: {},
      event: {},
      nodes: {},
      workspace: { name: 'Lavka' },
      unsubscribe_url: 'https://x.test/u/1',
    }
    const filled = await renderEmail(made.compiled, nothing)
    if (!filled.ok) throw new Error(filled.en)
    expect(filled.html).toContain('href="https://x.test/u/1"')
    expect(filled.text).toContain('https://x.test/u/1')
    expect(filled.subject + filled.text).not.toMatch(/\{\{|undefined|null/)
  },
)
