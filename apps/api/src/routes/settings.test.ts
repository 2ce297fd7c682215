import { expect, it } from 'vitest'
import { withApp } from '../testing/with-app.ts'
import { type Caller, workspace } from '../testing.ts'

let owner: Caller
let marketer: Caller
let at: (path: string) => string

withApp(async (api) => {
  const made = await workspace(api, ['marketer'])
  owner = made.members.owner
  marketer = made.members.marketer
  at = made.at
})

it('tells what members did with what the things are called now', async () => {
  await owner.call('POST', at('/keys'), { kind: 'secret', name: 'Web shop' })
  const journey = await owner.call('POST', at('/journeys'), { name: 'First name' })
  await owner.call('PATCH', at(`/journeys/${journey.body.id}`), { name: 'Win-back' })
  const letter = { subject: 'Hi', preheader: '', format: 'html', body: '<p>Hi</p>' }
  const template = await owner.call('POST', at('/templates'), { ...letter, name: 'Hello' })
  await owner.call('DELETE', at(`/templates/${template.body.id}`))
  const identifiers = [{ type: 'email', value: 'anna@example.test' }]
  const anna = await owner.call('POST', at('/customers'), { identifiers, attributes: { first_name: 'Anna' } })
  const consent = { channel: 'email', topic: '', state: 'granted', source: 'by phone' }
  await owner.call('PUT', at(`/customers/${anna.body.id}/consents`), consent)
  await owner.call('POST', at('/invitations'), { email: 'new@example.test', role: 'analyst' })
  await owner.call('PATCH', at(`/members/${marketer.userId}`), { role: 'support' })
  await owner.call('PATCH', at('/settings'), { currency: 'EUR' })
  const { items } = (await owner.call('GET', at('/audit'))).body
  const told = items.map(({ action, objectName }: Record<string, string>) => [action, objectName])
  expect(told.reverse()).toEqual([
    ['keys.post', 'Web shop'],
    ['journeys.post', 'Win-back'],
    ['journeys.patch', 'Win-back'],
    ['templates.post', 'Hello'],
    ['templates.delete', 'Hello'],
    ['customers.post', 'Anna'],
    ['consents.consents', 'Anna'],
    ['invitations.post', 'new@example.test'],
    ['members.patch', 'marketer'],
    ['workspace.patch', null],
  ])
})
