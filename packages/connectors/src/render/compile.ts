import { inspectLiquid } from './inspect.ts'
import { layOut } from './layout.ts'
import { htmlEngine, lineEngine } from './liquid.ts'
import {
  type CompileResult,
  maxBodyChars,
  maxLineChars,
  type TemplatePlace,
  type TemplateProblem,
  type TemplateSource,
} from './template.ts'
import { unescapeTokens } from './tokens.ts'

/** Turns what a marketer wrote into a renderable template, or lists everything that is wrong with it. */
export async function compileSource(source: TemplateSource): Promise<CompileResult> {
  const tooLong = sizeProblems(source)
  if (tooLong.length > 0) return { ok: false, problems: tooLong }
  const subject = unescapeTokens(source.subject.trim())
  const preheader = unescapeTokens(source.preheader?.trim() ?? '')
  const body = unescapeTokens(source.body)
  const parts = {
    subject: inspectLiquid(subject, 'subject', lineEngine),
    preheader: inspectLiquid(preheader, 'preheader', htmlEngine),
    body: inspectLiquid(body, 'body', htmlEngine),
  }
  const found = Object.values(parts)
  const problems = [...emptyProblems(subject, body), ...found.flatMap((part) => part.problems)]
  const layout = await layOut(body, source.format)
  if (!layout.ok) problems.push(...layout.problems)
  if (!layout.ok || problems.length > 0) return { ok: false, problems }
  const html = withPreheader(layout.html, preheader)
  const broken = inspectLiquid(html, 'body', htmlEngine).problems
  if (broken.length > 0) return { ok: false, problems: broken.map(({ line: _line, ...rest }) => rest) }
  const places: Record<string, TemplatePlace> = {}
  for (const field of ['body', 'preheader', 'subject'] as const)
    for (const [variable, line] of parts[field].variables) places[variable] = { field, line }
  const needs = [...new Set(found.flatMap((part) => [...part.needs]))].sort()
  return {
    ok: true,
    compiled: { engine: 1, subject, html, needs },
    variables: Object.keys(places).sort(),
    places,
  }
}

function sizeProblems({ subject, preheader = '', body }: TemplateSource): TemplateProblem[] {
  const bounds = [
    { field: 'subject', length: subject.length, max: maxLineChars },
    { field: 'preheader', length: preheader.length, max: maxLineChars },
    { field: 'body', length: body.length, max: maxBodyChars },
  ] as const
  return bounds
    .filter(({ length, max }) => length > max)
    .map(({ field, length, max }) => ({
      field,
      code: 'too_long',
      en: `This holds ${length} characters, and at most ${max} are allowed. Shorten it.`,
      ru: `Здесь ${length} знаков, а можно не больше ${max}. Сократите.`,
    }))
}

function emptyProblems(subject: string, body: string): TemplateProblem[] {
  const empty = (field: TemplateProblem['field']): TemplateProblem => ({
    field,
    code: 'empty',
    en: field === 'subject' ? 'Write a subject.' : 'Write the email itself.',
    ru: field === 'subject' ? 'Напишите тему.' : 'Напишите само письмо.',
  })
  return [...(subject ? [] : [empty('subject')]), ...(body.trim() ? [] : [empty('body')])]
}

/** Mail programs show the first text they find: this block is first, hidden, and padded. */
function withPreheader(html: string, preheader: string): string {
  if (!preheader) return html
  const style = 'display:none;max-height:0;overflow:hidden;mso-hide:all'
  const block = `<div class="preheader" style="${style}">${preheader}${'&#847;&zwnj;&nbsp;'.repeat(40)}</div>`
  const opening = /<body\b[^>]*>/i.exec(html)
  if (!opening) return block + html
  const at = opening.index + opening[0].length
  return html.slice(0, at) + block + html.slice(at)
}
