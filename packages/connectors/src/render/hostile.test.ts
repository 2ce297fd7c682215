import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSource } from './compile.ts'
import { fillTemplate, parseCompiled } from './execute.ts'

const pieces = [
  ...[
    '{{ customer.name }}',
    '{{ event.items[0].name | upcase }}',
    '{{ customer.name | default: "x" }}',
    '{{ custmer }}',
  ],
  ...[
    '{{',
    '}}',
    '{%',
    '%}',
    '{{ customer',
    '| raw }}',
    '{{ "a" | split: "" }}',
    '{{ nodes.a.b.c }}',
    '{{ customer["name"] }}',
  ],
  ...[
    '{% if customer.name %}',
    '{% else %}',
    '{% endif %}',
    '{% for i in event.items %}',
    '{{ i.name }}',
    '{% endfor %}',
  ],
  ...[
    '{% assign x = customer.name %}',
    '{{ x }}',
    '{% capture y %}',
    '{% endcapture %}',
    '{{ y }}',
    '{% raw %}',
    '{% endraw %}',
  ],
  ...[
    '<a href="{{ event.url }}">',
    '</a>',
    "<p title='{{ customer.name }}'>",
    '<b title={{ customer.name }}>',
    '<!--',
    '-->',
  ],
  ...[
    '<!--[if mso]>',
    '<![endif]-->',
    '<style>',
    '</style>',
    '"',
    "'",
    '<',
    '>',
    '&quot;',
    'text',
    '\n',
    'я',
    '\u0000',
    '💌',
  ],
  ...[
    '{{ customer.constructor }}',
    '{{ __proto__ }}',
    '{% include "x" %}',
    '{{ customer.name | append: customer.name | escape }}',
  ],
  ...[
    '{{ customer.name | json }}',
    '{{ customer.name | url_decode }}',
    '{{ customer.name | newline_to_br }}',
    '{{ "<i>" }}',
  ],
]
const whole = [
  '{{ customer.name }}',
  '{{ customer.name | json }}',
  '{{ customer.name | append: customer.name | escape }}',
  '{{ customer.name | newline_to_br | upcase }}',
  '{% if customer.name contains "x" %}{{ event.items[0].name }}{% endif %}',
  '{% for i in event.items %}{{ i.name | default: customer.name }}{% endfor %}',
  '{% capture y %}<b>{{ customer.name }}</b>{% endcapture %}{{ y }}',
  '{% assign x = customer.name | split: "" %}{{ x | join: "" }}',
  '<a href="{{ event.url }}" title=\'{{ customer.name }}\'>{{ event.url }}</a>',
  '{{ customer.name | url_encode | url_decode }}',
]
const join = (some: string[]) => some.join('')
const chaos = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map(join)
const sound = fc.array(fc.constantFrom(...whole), { maxLength: 6 }).map(join)
const template = fc.oneof({ weight: 3, arbitrary: sound }, { weight: 1, arbitrary: chaos })
const marker = '<script>marker()</script>'
const data = {
  customer: { name: `"'>${marker}\r\nBcc: x@y.test` },
  event: { url: `javascript:1" onclick="marker()`, items: [{ name: marker }, { name: null }] },
}

describe('any template at all', () => {
  it('compiles or is explained, and whatever renders keeps hostile values in their place', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join()
    let filled = 0
    await fc.assert(
      fc.asyncProperty(template, template, async (subject, body) => {
        const result = await compileSource({
          subject: `Hi ${subject}`,
          body: `<p>Hi</p>${body}`,
          format: 'html',
        })
        if (!result.ok) {
          expect(result.problems.length).toBeGreaterThan(0)
          for (const { en, ru } of result.problems) expect(en && ru).toBeTruthy()
          return
        }
        const out = fillTemplate(parseCompiled(result.compiled), data, 100_000)
        if (!out.ok) {
          expect(['missing_variable', 'template_error']).toContain(out.reason)
          return
        }
        filled += 1
        expect(out.html).not.toContain(marker)
        expect(out.html).not.toContain(`" onclick="`)
        expect(out.subject).not.toMatch(/\p{Cc}/u)
      }),
      { numRuns: 1_500 },
    )
    expect(filled).toBeGreaterThan(300)
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before)
  }, 30_000)
})
