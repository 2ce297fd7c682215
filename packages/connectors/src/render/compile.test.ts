import { afterAll, describe, expect, it, vi } from 'vitest'
import { openRenderer } from './renderer.ts'
import type { CompiledTemplate, TemplateSource } from './template.ts'

vi.setConfig({ testTimeout: 30_000 })

const renderer = openRenderer({ processes: 2 })
afterAll(() => renderer.close())

const mjml = (inner: string) =>
  `<mjml>\n<mj-body>\n<mj-section><mj-column>\n${inner}\n</mj-column></mj-section>\n</mj-body>\n</mjml>`

async function compiled(over: Partial<TemplateSource>): Promise<CompiledTemplate> {
  const result = await renderer.compile({ subject: 'Hi', body: '<p>Hi</p>', format: 'html', ...over })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.compiled
}

async function problems(over: Partial<TemplateSource>) {
  const result = await renderer.compile({ subject: 'Hi', body: '<p>Hi</p>', format: 'html', ...over })
  return result.ok ? [] : result.problems
}

async function rendered(over: Partial<TemplateSource>, data: object) {
  return renderer.render(await compiled(over), data)
}

describe('compiling', () => {
  it('lists the variables a template reads, and lays MJML out with its Liquid in place', async () => {
    const result = await renderer.compile({
      subject: 'Order {{ event.order_id }}',
      preheader: 'For {{ customer.first_name | default: "you" }}',
      body: mjml(
        '<mj-text>{% for item in event.items %}{{ item.name }} {% endfor %}<a href="{{ unsubscribe_url }}">out</a></mj-text>',
      ),
      format: 'mjml',
    })
    expect(result).toMatchObject({
      ok: true,
      variables: ['customer.first_name', 'event.items', 'event.order_id', 'unsubscribe_url'],
    })
  })

  it.each<[string, Partial<TemplateSource>, object[]]>([
    [
      'an unknown root',
      { body: 'a\n{{ custmer.name }}' },
      [{ field: 'body', line: 2, code: 'unknown_root', en: expect.stringContaining('“customer”') }],
    ],
    [
      'something else of the workspace than its name',
      { body: '{{ workspace.name }}\n{{ workspace.slogan }}' },
      [{ field: 'body', line: 2, code: 'unknown_root', en: expect.stringContaining('“workspace.name”') }],
    ],
    [
      'a misspelt filter',
      { subject: '{{ customer.name | upcse }}' },
      [{ field: 'subject', line: 1, code: 'unknown_filter', en: expect.stringContaining('“upcase”') }],
    ],
    [
      'a misspelt tag',
      { body: '\n\n{% iff customer.x %}{% endif %}' },
      [{ line: 3, code: 'unknown_tag' }, { code: 'unknown_tag' }],
    ],
    ['an open bracket', { body: '{{ customer.name' }, [{ field: 'body', line: 1, code: 'liquid_syntax' }]],
    [
      'the raw filter',
      { body: '{{ customer.name | raw }}' },
      [{ code: 'unknown_filter', en: expect.stringContaining('not allowed') }],
    ],
    ['a file', { body: '{% include "/etc/passwd" %}' }, [{ code: 'unknown_tag' }]],
    [
      'an unquoted attribute',
      { body: '<p>\n<a href={{ event.url }}>x</a></p>' },
      [{ line: 2, code: 'unsafe_place' }],
    ],
    ['a value as an element', { body: '<{{ event.tag }}>x</p>' }, [{ code: 'unsafe_place' }]],
    ['a script', { body: '<p>x</p>\n<script>1</script>' }, [{ line: 2, code: 'script_not_allowed' }]],
    ['an empty subject', { subject: ' ' }, [{ field: 'subject', code: 'empty' }]],
    ['a body too long', { body: 'x'.repeat(300_001) }, [{ field: 'body', code: 'too_long' }]],
    [
      'an unknown MJML element',
      { format: 'mjml', body: mjml('<mj-txt>x</mj-txt>') },
      [{ line: 4, code: 'mjml', en: expect.stringContaining('mj-txt') }],
    ],
    ['what is not MJML', { format: 'mjml', body: '<p>x</p>' }, [{ code: 'mjml' }]],
    [
      'a value MJML would drop',
      { format: 'mjml', body: mjml('{{ customer.name }}\n<mj-text>x</mj-text>') },
      [{ line: 4, code: 'lost_in_layout' }],
    ],
  ])('refuses %s and says where', async (_name, over, expected) => {
    expect(await problems(over)).toMatchObject(expected)
  })

  it('reports every problem at once', async () => {
    const found = await problems({ subject: '{{ a | b }}', body: '{{ x }} {{ y | z }}<script></script>' })
    expect(found.map((problem) => problem.code).sort()).toEqual([
      'script_not_allowed',
      'unknown_filter',
      'unknown_filter',
    ])
  })

  it('understands Liquid that a visual editor escaped', async () => {
    const body =
      '<p>{{ customer.name | default: &quot;friend&quot; }}{% if event.n &gt; 3 %} many{% endif %}</p>'
    expect(await rendered({ body }, { customer: {}, event: { n: 5 } })).toMatchObject({
      ok: true,
      text: 'friend many',
    })
  })

  it('keeps quotes and angle brackets inside Liquid whole through MJML', async () => {
    const body = mjml(
      '<mj-text>{% if event.n < 3 and event.s == "a" %}few{% endif %}</mj-text><mj-button href="https://x.test/?q={{ event.q | url_encode }}">Go</mj-button>',
    )
    const result = await rendered({ format: 'mjml', body }, { event: { n: 1, s: 'a', q: 'a b&c' } })
    expect(result).toMatchObject({ ok: true, text: expect.stringContaining('few') })
    expect(result.ok && result.html).toContain('https://x.test/?q=a+b%26c')
  })

  it('keeps conditions and loops between layout blocks', async () => {
    const body = `<mjml><mj-body>
      {% if customer.vip %}<mj-section><mj-column><mj-text>vip</mj-text></mj-column></mj-section>{% else %}
      <mj-section>{% for item in event.items %}<mj-column>
        {% if item.new %}{% assign seen = true %}<mj-text>new {{ item.name }}</mj-text>{% endif %}
        <mj-spacer height="2px" /> <mj-text>{{ item.name }}</mj-text>
      </mj-column>{% endfor %}</mj-section>{% endif %}
    </mj-body></mjml>`
    const event = { items: [{ name: 'Tea', new: true }, { name: 'Cup' }] }
    const plain = await rendered({ format: 'mjml', body }, { customer: {}, event })
    expect(plain.ok && plain.text.split(/\s+/).join(' ')).toBe('new Tea Tea Cup')
    const vip = await rendered({ format: 'mjml', body }, { customer: { vip: true }, event })
    expect(vip.ok && vip.text).toBe('vip')
  })

  it('asks no other server for fonts', async () => {
    const { html } = await compiled({
      format: 'mjml',
      body: mjml('<mj-text font-family="Roboto">x</mj-text>'),
    })
    expect(html).not.toMatch(/fonts\.googleapis|<link/)
  })
})
