import { spawnSync } from 'node:child_process'
import { afterAll, describe, expect, it } from 'vitest'
import { openRenderer } from './renderer.ts'
import type { CompiledTemplate, TemplateSource } from './template.ts'

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
      'a condition MJML would drop',
      { format: 'mjml', body: mjml('{% if customer.vip %}\n<mj-text>x</mj-text>\n{% endif %}') },
      [
        { line: 4, code: 'lost_in_layout' },
        { line: 6, code: 'lost_in_layout' },
      ],
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

  it('asks no other server for fonts', async () => {
    const { html } = await compiled({
      format: 'mjml',
      body: mjml('<mj-text font-family="Roboto">x</mj-text>'),
    })
    expect(html).not.toMatch(/fonts\.googleapis|<link/)
  })
})

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

describe('a bomb', () => {
  it.each<[string, string, object]>([
    [
      'of time',
      '{% assign a = event.s | split: "" %}{% for i in (1..500) %}{% assign b = a | sort | reverse | join: "" | split: "" | uniq %}{% endfor %}',
      { event: { s: 'xyzabc'.repeat(30_000) } },
    ],
    [
      'of memory',
      '{% assign a = "xxxxxxxxxxxxxxxx" %}{% for i in (1..40) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}{{ a }}',
      {},
    ],
    ['of loops', '{% for i in (1..100000) %}{% for j in (1..100000) %}{% endfor %}{% endfor %}x', {}],
  ])('%s ends in an answer within the deadline, and the next render works', async (_name, body, data) => {
    const bomb = await compiled({ body })
    const started = performance.now()
    expect(await renderer.render(bomb, data, { deadlineMs: 1_500 })).toMatchObject({
      ok: false,
      reason: 'template_error',
    })
    expect(performance.now() - started).toBeLessThan(3_000)
    expect(await rendered({ body: '<p>{{ customer.n }}</p>' }, { customer: { n: 1 } })).toMatchObject({
      ok: true,
      text: '1',
    })
  })

  it('that overruns is tried once more, killed, and harms nobody else', async () => {
    const slow = await compiled({
      body: '{% assign a = event.s | split: "" | sort | uniq | sort | uniq %}{{ a | size }}',
    })
    const light = await compiled({ body: '<p>ok</p>' })
    const before = renderer.killed()
    const slowRun = renderer.render(slow, { event: { s: 'a,b'.repeat(80_000) } }, { deadlineMs: 1 })
    const others = Promise.all(Array.from({ length: 50 }, () => renderer.render(light, {})))
    expect(await slowRun).toMatchObject({ ok: false, en: expect.stringContaining('too long') })
    expect((await others).every((result) => result.ok)).toBe(true)
    expect(renderer.killed()).toBe(before + 2)
  })

  it('that keeps being stopped rests, and costs no more processes', async () => {
    const own = openRenderer({ processes: 1 })
    const slow = { engine: 1 as const, subject: 'Hi', html: '{{ event.s | split: "" | sort | uniq | size }}' }
    const data = { event: { s: 'a,b'.repeat(80_000) } }
    const results = await Promise.all(
      Array.from({ length: 30 }, () => own.render(slow, data, { deadlineMs: 1 })),
    )
    expect(results.every((result) => !result.ok && result.reason === 'template_error')).toBe(true)
    expect(own.killed()).toBe(6)
    own.close()
  })

  it('of a process killed from outside costs nothing but time', async () => {
    const own = openRenderer({ processes: 1 })
    const light = { engine: 1 as const, subject: 'Hi', html: '<p>ok</p>' }
    await own.render(light, {})
    for (const pid of childPids()) process.kill(pid, 'SIGKILL')
    const both = await Promise.all([own.render(light, {}), renderer.render(light, {})])
    expect(both).toMatchObject([{ ok: true }, { ok: true }])
    own.close()
  })

  it('of data is refused before any process sees it', async () => {
    const result = await renderer.render(await compiled({}), { event: { s: 'x'.repeat(300_000) } })
    expect(result).toMatchObject({ ok: false, reason: 'template_error' })
  })
})

/** The rendering processes that this test process has started. */
function childPids(): number[] {
  const found = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], {
    encoding: 'utf8',
  }).stdout
  const pids = found.split('\n').filter((line) => line.includes('render/child.mjs'))
  if (pids.length === 0) throw new Error('There is no rendering process to kill.')
  return pids.map((line) => Number.parseInt(line, 10))
}
