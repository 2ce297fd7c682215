import { describe, expect, it } from 'vitest'
import { attributeFrom, emailState, isComposite, localTime, nameOf, nameTaken } from './customer.ts'
import { printValue } from './print-value.ts'

const anna = { type: 'email', value: 'anna@example.test' }

describe('the name of a customer', () => {
  it('is the name attributes when there are any', () => {
    expect(nameOf({ attributes: { first_name: 'Anna', last_name: 'Petrova' }, identifiers: [anna] })).toBe(
      'Anna Petrova',
    )
  })

  it('is an identity when there is no name, the email first', () => {
    expect(nameOf({ attributes: {}, identifiers: [{ type: 'external_id', value: '0004' }, anna] })).toBe(
      'anna@example.test',
    )
  })

  it('is nothing when nothing is known', () => {
    expect(nameOf({ attributes: { first_name: 7 }, identifiers: [] })).toBeNull()
  })
})

describe('the state of email', () => {
  const granted = { channel: 'email', topic: '', state: 'granted' as const, source: 'form', changedAt: '' }

  it('needs an address before anything else', () => {
    expect(emailState({ identifiers: [], consents: [granted], suppressed: false })).toBe('noAddress')
  })

  it('is not reachable without an answer about the whole channel', () => {
    const topicOnly = { ...granted, topic: 'news' }
    expect(emailState({ identifiers: [anna], consents: [topicOnly], suppressed: false })).toBe('noConsent')
  })

  it('puts suppression above consent', () => {
    expect(emailState({ identifiers: [anna], consents: [granted], suppressed: true })).toBe('suppressed')
    expect(emailState({ identifiers: [anna], consents: [granted], suppressed: false })).toBe('reachable')
  })
})

describe('an attribute from typed text', () => {
  it('keeps leading zeros as text: they are codes, not numbers', () => {
    expect(attributeFrom('0004', 'en')).toBe('0004')
    expect(attributeFrom('77.5', 'en')).toBe(77.5)
  })

  it('is cleared by an empty box', () => {
    expect(attributeFrom('  ', 'en')).toBeNull()
  })

  it('stays a text of digits when nothing was changed', () => {
    expect(attributeFrom('77', 'en', '77')).toBe('77')
    expect(attributeFrom('78', 'en', '77')).toBe(78)
    expect(attributeFrom('77', 'en', 77)).toBe(77)
  })

  it('takes a comma for a number where numbers are written so', () => {
    expect(attributeFrom('77,5', 'ru')).toBe(77.5)
    expect(attributeFrom('77.5', 'ru')).toBe(77.5)
    expect(attributeFrom('77,5', 'en')).toBe('77,5')
    expect(attributeFrom(printValue(-0.25, 'ru'), 'ru', -0.25)).toBe(-0.25)
  })

  it('is never made of a list or a group of values', () => {
    expect([{ city: 'Omsk' }, ['a'], {}].every(isComposite)).toBe(true)
    expect(['{"city":"Omsk"}', 7, false, null, undefined].some(isComposite)).toBe(false)
  })

  it('knows yes and no', () => {
    expect(attributeFrom('true', 'en')).toBe(true)
    expect(attributeFrom('truth', 'en')).toBe('truth')
    expect([attributeFrom('Да', 'ru'), attributeFrom('нет', 'ru')]).toEqual([true, false])
    expect(attributeFrom('да', 'en'), 'a word of another language').toBe('да')
    expect(attributeFrom('yes', 'en', 'yes'), 'a text of before').toBe('yes')
    expect(attributeFrom('no', 'en', 'se'), 'another text').toBe('no')
    expect(attributeFrom('NO', 'en'), 'the code of Norway').toBe('NO')
    for (const language of ['en', 'ru'] as const)
      expect(attributeFrom(printValue(false, language), language, false)).toBe(false)
  })
})

it('gives no new attribute the name of one that is there, above all not of a group', () => {
  const known = { city: 'Omsk', address: { city: 'Omsk' }, tags: [] }
  const names = ['city', 'address', 'tags', 'tier', 'constructor']
  expect(names.map((name) => nameTaken(known, name))).toEqual([
    'nameKnown',
    'nameOfGroup',
    'nameOfGroup',
    null,
    null,
  ])
})

it('does not fail on a zone the browser does not know', () => {
  expect(localTime('Mars/Olympus', 0, 'en-GB')).toBeNull()
  expect(localTime('Asia/Tokyo', 0, 'en-GB')).toContain('09:00')
})
