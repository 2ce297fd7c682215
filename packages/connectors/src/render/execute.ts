import { convert } from 'html-to-text'
import type { Template } from 'liquidjs'
import { htmlEngine, lineEngine } from './liquid.ts'
import type { CompiledTemplate, RenderFailure, RenderResult } from './template.ts'

/** A compiled template with its Liquid parsed. */
export interface ParsedTemplate {
  subject: Template[]
  html: Template[]
}

/** Parses the Liquid of a compiled template once, for many renderings. */
export function parseCompiled(compiled: CompiledTemplate): ParsedTemplate {
  return { subject: lineEngine.parse(compiled.subject), html: htmlEngine.parse(compiled.html) }
}

/** Fills a template with one customer's data; null counts as missing, so that nothing unfilled leaves. */
export function fillTemplate(template: ParsedTemplate, data: unknown, maxHtmlChars: number): RenderResult {
  const scope = withoutNulls(data) as object
  try {
    const subject = oneLine(lineEngine.renderSync(template.subject, scope))
    const html: string = htmlEngine.renderSync(template.html, scope)
    if (html.length > maxHtmlChars)
      return failure('template_error', 'The email grew too large.', 'Письмо слишком велико.')
    const text = textOf(html)
    const picture = /<img\b/i.test(html)
    if (!subject || (!text && !picture)) {
      return failure('empty_content', 'The email came out empty.', 'Письмо получилось пустым.')
    }
    return { ok: true, subject, html, text }
  } catch (error) {
    return failureOf(error)
  }
}

function textOf(html: string): string {
  return convert(html, {
    wordwrap: false,
    limits: { maxInputLength: 2_000_000, maxDepth: 200 },
    selectors: [
      { selector: '.preheader', format: 'skip' },
      { selector: 'style', format: 'skip' },
      { selector: 'title', format: 'skip' },
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
    ],
  })
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** No line break or other control character can enter a header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim()
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined)
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]))
}

interface RenderFault {
  message: string
  errors?: RenderFault[]
  originalError?: { variableName?: string; message: string }
}

function failureOf(error: unknown): RenderFailure {
  const first = innermost(error as RenderFault)
  const variable = first.originalError?.variableName
  if (variable) {
    return {
      ...failure(
        'missing_variable',
        `“${variable}” has no value for this customer.`,
        `У клиента нет значения «${variable}».`,
      ),
      variable,
    }
  }
  if ((first.originalError?.message ?? first.message).startsWith('not_printable')) {
    return failure(
      'template_error',
      'The template prints a whole object instead of one of its fields.',
      'Шаблон выводит объект целиком, а не одно из его полей.',
    )
  }
  if (isTooLong(first)) {
    return failure(
      'template_error',
      'The template takes too long or makes too much text, and was stopped. Make its loops shorter.',
      'Шаблон выполняется слишком долго или делает слишком много текста, и мы его остановили. Сократите его циклы.',
    )
  }
  return failure(
    'template_error',
    'The template cannot be rendered with this customer’s data.',
    'Шаблон не удалось заполнить данными этого клиента.',
  )
}

/** What went wrong first: each block around it, such as an `if`, wraps it once more. */
function innermost(fault: RenderFault): RenderFault {
  const inner = fault.errors?.[0]
  return inner ? innermost(inner) : fault
}

/** Whether Liquid's own bounds on time or memory stopped it. */
function isTooLong({ message, originalError }: RenderFault): boolean {
  const said = `${message} ${originalError?.message ?? ''}`
  return /(template render|memory alloc) limit exceeded/.test(said)
}

function failure(reason: RenderFailure['reason'], en: string, ru: string): RenderFailure {
  return { ok: false, reason, en, ru }
}
