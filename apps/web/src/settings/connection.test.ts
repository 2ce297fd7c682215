import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fieldsOf, startConfig } from './connection.ts'

const words = (en: string) => ({
  label: { en, ru: `${en} по-русски` },
  help: { en: `What ${en} is`, ru: `Что такое ${en}` },
})
const shape = z.object({
  host: z.string().meta(words('Server')),
  port: z.int().min(1).max(65_535).default(587).meta(words('Port')),
  security: z.enum(['starttls', 'tls', 'none']).default('starttls').meta(words('Encryption')),
  fromAddress: z
    .union([z.email(), z.literal('')])
    .default('')
    .meta(words('Sender')),
})
const fields = fieldsOf({ config: z.toJSONSchema(shape, { io: 'input' }) as object })

describe('the form of a connection', () => {
  it('has a field of the right sort for every setting', () => {
    const sorts = Object.fromEntries(fields.map(({ name, type }) => [name, type]))
    expect(sorts).toMatchObject({ host: 'text', port: 'number', security: 'choice', fromAddress: 'text' })
  })

  it('asks only for what has no default', () => {
    expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['host'])
  })

  it('takes labels in both languages and bounds from the manifest', () => {
    expect(fields[1]).toMatchObject({ ...words('Port'), min: 1, max: 65_535, initial: 587 })
  })

  it('starts from what is stored and fills the rest', () => {
    expect(startConfig(fields, { host: 'smtp.example.com', port: 465 })).toMatchObject({
      host: 'smtp.example.com',
      port: 465,
      security: 'starttls',
    })
  })
})
