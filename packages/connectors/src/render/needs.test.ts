import { describe, expect, it } from 'vitest'
import { compileSource } from './compile.ts'
import { fillTemplate, parseCompiled } from './execute.ts'

async function compiled(body: string) {
  const result = await compileSource({ subject: 'Hi', body: `<p>Hi ${body}</p>`, format: 'html' })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.compiled
}

const coupon = '{{ event.coupon }}'
const without = [
  '{{ event.coupon | default: "none" }}',
  '{{ event.coupon.code | default: "none" | upcase }}',
  '{{ nodes.b.outcome | default: "x" }}',
  '{% if nodes.b %}{{ nodes.b.outcome }}{% endif %}',
  '{% if event.coupon %}yes{% endif %}',
  '{% if event.coupon > 3 %}yes{% else %}no{% endif %}',
  `{% if event.coupon %}${coupon}{% endif %}`,
  '{% if event.coupon %}{{ event.coupon.code }}{% endif %}',
  `{% if event.coupon and customer.vip %}${coupon}{% endif %}`,
  `{% if event.coupon.code %}${coupon}{% endif %}`,
  `{% if event.coupon.size > 0 %}${coupon}{% endif %}`,
  `{% unless event.coupon %}none{% else %}${coupon}{% endunless %}`,
  `{% if not event.coupon %}none{% else %}${coupon}{% endif %}`,
  `{% unless event.coupon == blank %}${coupon}{% endunless %}`,
  `{% if event.coupon == blank %}none{% else %}${coupon}{% endif %}`,
  `{% if event.coupon == nil or event.coupon == "" %}none{% else %}${coupon}{% endif %}`,
  `{% if event.coupon != nil %}${coupon}{% endif %}`,
  `{% if nil != event.coupon %}${coupon}{% endif %}`,
  `{% if event.coupon != blank %}${coupon}{% endif %}`,
  `{% if event.coupon > 3 %}${coupon}{% endif %}`,
  `{% if event.coupon contains "A" %}${coupon}{% endif %}`,
  `{% if customer.vip %}vip{% elsif event.coupon %}${coupon}{% endif %}`,
  `{% if event.coupon == nil %}none{% elsif customer.vip %}${coupon}{% endif %}`,
  `{% case event.coupon %}{% when "A", "B" %}${coupon}{% endcase %}`,
  `{% case event.coupon %}{% when nil %}none{% else %}${coupon}{% endcase %}`,
  `{% if event.coupon %}{% for i in (1..2) %}${coupon}{% endfor %}{% endif %}`,
  '{% if event.coupon %}{% for one in event.coupon %}{{ one }}{% endfor %}{% endif %}',
  '{% assign code = event.coupon | default: "none" %}{{ code }}',
  '{% assign code = event.coupon %}{{ code | default: "none" }}',
  '{% assign code = event.coupon %}{% if code %}{{ code }}{% endif %}',
  '{% assign code = "none" %}{% if event.coupon %}{% assign code = event.coupon %}{% endif %}{{ code }}',
  '{% echo event.coupon | default: "none" %}',
]
const needing = [
  coupon,
  '{{ event.coupon.code }}',
  '{{ event.coupon | upcase }}',
  '{{ event.coupon | upcase | default: "none" }}',
  '{{ customer.nick | default: event.coupon }}',
  '{{ customer[event.coupon] | default: "x" }}',
  `{{ event.coupon | default: "none" }} ${coupon}`,
  `{% if event.coupon %}${coupon}{% endif %}${coupon}`,
  `{% if event.coupon %}yes{% else %}${coupon}{% endif %}`,
  `{% unless event.coupon %}${coupon}{% endunless %}`,
  `{% if event %}${coupon}{% endif %}`,
  `{% if event.coupon == nil %}${coupon}{% endif %}`,
  `{% if event.coupon != "A" %}${coupon}{% endif %}`,
  `{% if event.coupon != empty %}${coupon}{% endif %}`,
  `{% if event.coupon < 3 %}${coupon}{% endif %}`,
  `{% if event.coupon or event.total %}${coupon}{% endif %}`,
  `{% if event.total %}${coupon}{% endif %}`,
  `{% case event.coupon %}{% when "A" %}a{% else %}${coupon}{% endcase %}`,
  `{% case event.coupon %}{% when "A", nil %}${coupon}{% endcase %}`,
  '{% for one in event.coupon %}{{ one }}{% endfor %}',
  `{% capture line %}${coupon}{% endcapture %}x`,
  '{% echo event.coupon %}',
]
const leavingBlank = [
  '{% assign code = event.coupon %}{{ code }}',
  '{% assign code = event.coupon %}{% assign again = code %}{{ again }}',
  '{% assign code = event.coupon | upcase %}{{ code }}',
]
const data = { customer: {}, event: { total: 5 }, nodes: {} }

describe('what a template needs to be sent', () => {
  it.each(without)('does without a value, and is sent without it: %s', async (body) => {
    const made = await compiled(body)
    expect(made.needs?.filter((name) => !name.startsWith('customer'))).toEqual([])
    expect(fillTemplate(parseCompiled(made), data, 10_000)).toMatchObject({ ok: true })
  })

  it.each(needing)('needs the value, and is refused without it: %s', async (body) => {
    const made = await compiled(body)
    expect(made.needs?.map((name) => name.split('.').slice(0, 2).join('.'))).toContain('event.coupon')
    expect(fillTemplate(parseCompiled(made), data, 10_000)).toMatchObject({
      ok: false,
      reason: 'missing_variable',
    })
  })

  it.each(leavingBlank)('needs the value that would leave a blank: %s', async (body) => {
    expect((await compiled(body)).needs).toEqual(['event.coupon'])
  })

  it('is found in the subject and the preheader too', async () => {
    const source = { subject: 'A {{ event.a }}', preheader: '{{ event.b }}', body: '<p>x</p>' }
    expect(await compileSource({ ...source, format: 'html' })).toMatchObject({
      variables: ['event.a', 'event.b'],
      compiled: { needs: ['event.a', 'event.b'] },
    })
  })
})
