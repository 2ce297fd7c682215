import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { connectors, defineConnector, smtpConfig } from './index.ts'

describe.each(connectors.map((connector) => [connector.id, connector] as const))(
  'the connector %s',
  (_id, connector) => {
    it('speaks both languages wherever a member reads it', () => {
      const fields = Object.values(connector.config.shape).map((field) => (field as z.ZodType).meta() ?? {})
      const texts = [connector.title, connector.help, ...connector.actions.map((action) => action.label)]
      const more = [...fields, ...connector.secrets].flatMap(({ label, help }) => [label, help])
      for (const text of [...texts, ...more]) {
        expect(text).toEqual({ en: expect.stringMatching(/\w/), ru: expect.stringMatching(/[а-яё]/i) })
      }
    })

    it('has a config that survives JSON Schema, so that a form can be drawn', () => {
      expect(z.toJSONSchema(connector.config, { io: 'input' })).toMatchObject({ type: 'object' })
    })
  },
)

describe('an SMTP config', () => {
  it.each(['smtp.example.com', 'localhost', '127.0.0.1', '2001:db8::1'])('takes the host %s', (host) => {
    expect(smtpConfig.safeParse({ host }).success).toBe(true)
  })

  it.each(['', 'a b', 'http://x', 'x/y', 'user@host', '-x.test', 'x\r\ny'])(
    'refuses the host “%s”',
    (host) => {
      expect(smtpConfig.safeParse({ host }).success).toBe(false)
    },
  )
})

it('refuses a connector whose config field says nothing about itself', () => {
  const [smtp] = connectors
  if (!smtp) throw new Error('no connector')
  expect(() => defineConnector({ ...smtp, config: z.object({ host: z.string() }) })).toThrow('"host" needs')
})
