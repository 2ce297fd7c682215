import { afterAll, describe, expect, it, vi } from 'vitest'
import { openRenderer } from './renderer.ts'
import type { CompiledTemplate, TemplateSource } from './template.ts'

vi.setConfig({ testTimeout: 30_000 })

const renderer = openRenderer({ processes: 2 })
afterAll(() => renderer.close())

async function compiled(over: Partial<TemplateSource>): Promise<CompiledTemplate> {
  const result = await renderer.compile({ subject: 'Hi', body: '<p>Hi</p>', format: 'html', ...over })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.compiled
}

async function rendered(over: Partial<TemplateSource>, data: object) {
  return renderer.render(await compiled(over), data)
}

describe('rendering', () => {
  const hostile = `"><script>alert(1)</script>\r\nBcc: evil@example.com`

  it('escapes values in the HTML, not in the subject or the text', async () => {
    const result = await rendered(
      { subject: '{{ customer.name }}', body: '<p title="{{ customer.name }}">{{ customer.name }}</p>' },
      { customer: { name: 'Tom & "Anna" <3' } },
    )
    expect(result).toMatchObject({ ok: true, subject: 'Tom & "Anna" <3', text: 'Tom & "Anna" <3' })
    expect(result.ok && result.html).toBe(
      '<p title="Tom &#38; &#34;Anna&#34; &#60;3">Tom &#38; &#34;Anna&#34; &#60;3</p>',
    )
  })

  it('lets no hostile value out of its place', async () => {
    const body =
      '<a title="{{ customer.name }}">{{ customer.name | newline_to_br }} {{ customer.name | escape }} {{ customer.name | json }}</a>'
    const result = await rendered(
      { subject: 'Hi {{ customer.name }}', body },
      { customer: { name: hostile } },
    )
    if (!result.ok) throw new Error(result.en)
    expect(result.html).not.toContain('<script')
    expect(result.html).not.toContain('&#38;#60;')
    expect(result.subject).toBe('Hi "><script>alert(1)</script> Bcc: evil@example.com')
  })

  it.each<[object]>([[{ customer: {} }], [{ customer: { first_name: null } }], [{}]])(
    'never sends an unfilled variable: %j',
    async (data) => {
      expect(await rendered({ body: '<p>{{ customer.first_name }}</p>' }, data)).toMatchObject({
        ok: false,
        reason: 'missing_variable',
        variable: expect.stringMatching(/^customer(\.first_name)?$/),
      })
    },
  )

  it('takes the default and the condition when a variable is missing', async () => {
    const body = '<p>{{ customer.first_name | default: "friend" }}{% if customer.vip %} vip{% endif %}</p>'
    expect(await rendered({ body }, { customer: { first_name: null } })).toMatchObject({
      ok: true,
      text: 'friend',
    })
  })

  it('refuses an email without words or pictures', async () => {
    expect(
      await rendered({ body: '<p>{% if customer.x %}y{% endif %}</p>' }, { customer: {} }),
    ).toMatchObject({ ok: false, reason: 'empty_content' })
    expect(await rendered({ subject: '{{ customer.s }}' }, { customer: { s: ' \n ' } })).toMatchObject({
      ok: false,
      reason: 'empty_content',
    })
  })

  it('renders more templates than a process remembers', async () => {
    const many = Array.from({ length: 450 }, (_, at) => ({
      engine: 1 as const,
      subject: 'Hi',
      html: `<p>${at} {{ event.n }}</p>`,
    }))
    for (const round of [1, 2]) {
      const results = await Promise.all(many.map((one) => renderer.render(one, { event: { n: round } })))
      expect(results.map((result) => result.ok && result.text)).toEqual(many.map((_, at) => `${at} ${round}`))
    }
  })

  it('refuses to print an object', async () => {
    expect(await rendered({ body: '<p>{{ customer }}</p>' }, { customer: { a: 1 } })).toMatchObject({
      ok: false,
      reason: 'template_error',
    })
  })

  it.each([
    ['{% for i in (1..1000000000) %}x{% endfor %}'],
    ['{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}x'],
  ])('says that a template takes too long instead of blaming the customer’s data: %s', async (body) => {
    expect(await rendered({ body }, {})).toMatchObject({
      ok: false,
      reason: 'template_error',
      en: expect.stringContaining('takes too long'),
      ru: expect.stringContaining('слишком долго'),
    })
  })

  it('reaches nothing beyond the data', async () => {
    for (const path of ['customer.constructor', 'customer.__proto__', 'customer.toString']) {
      expect(await rendered({ body: `<p>{{ ${path} }}</p>` }, { customer: { a: 1 } })).toMatchObject({
        ok: false,
        reason: 'missing_variable',
      })
    }
  })

  it('hides the preheader in the HTML and leaves it out of the text', async () => {
    const result = await rendered(
      { preheader: 'Look, {{ customer.name }}', body: '<html><body class="x"><p>Body</p></body></html>' },
      { customer: { name: 'Anna' } },
    )
    expect(result).toMatchObject({ ok: true, text: 'Body' })
    expect(result.ok && result.html).toMatch(/<body class="x"><div class="preheader"[^>]*>Look, Anna/)
  })

  it('shows links in the text, and the way out only where the template puts it', async () => {
    const body =
      '<p>Hello <a href="https://x.test/a">shop</a></p><p><a href="{{ unsubscribe_url }}">Unsubscribe</a></p>'
    const data = { unsubscribe_url: 'https://t.test/u/1' }
    expect(await rendered({ body }, data)).toMatchObject({
      text: 'Hello shop [https://x.test/a]\n\nUnsubscribe [https://t.test/u/1]',
    })
    const without = await rendered({ body: '<p>Hello</p>' }, data)
    expect(without.ok && without.html).toBe('<p>Hello</p>')
  })
})
