import { keepTagsBetweenBlocks } from './raw-blocks.ts'
import type { TemplateProblem, TemplateProblemCode } from './template.ts'
import { dropComments, hideTokens } from './tokens.ts'

/** A body turned into HTML with its Liquid in place, or why it cannot be. */
export type Layout = { ok: true; html: string } | { ok: false; problems: TemplateProblem[] }

/** Lays out a body: MJML becomes HTML, HTML stays; Liquid in unsafe places is refused. */
export async function layOut(body: string, format: 'mjml' | 'html'): Promise<Layout> {
  const { hidden, tokens, restore, wordOf } = hideTokens(dropComments(body))
  const problems = placeProblems(hidden, restore)
  if (problems.length > 0) return { ok: false, problems }
  if (format === 'html') return { ok: true, html: restore(hidden) }
  const isTag = (text: string) => /^(?:\s*\{%(?:(?!%\})[\s\S])*%\})+$/.test(restore(text))
  const laid = await renderMjml(keepTagsBetweenBlocks(hidden, isTag), restore)
  if (!laid.ok) return laid
  const lower = laid.html.toLowerCase()
  const lost = tokens.filter((_, at) => !lower.includes(wordOf(at)))
  if (lost.length === 0) return { ok: true, html: restore(laid.html) }
  return { ok: false, problems: lost.map(({ text, line }) => lostToken(text, line)) }
}

async function renderMjml(hidden: string, restore: (text: string) => string): Promise<Layout> {
  const { default: mjml } = await import('mjml')
  try {
    const { html, errors } = await mjml(hidden, { validationLevel: 'soft', fonts: {}, ignoreIncludes: true })
    if (errors.length === 0) return { ok: true, html }
    const found = errors.map(({ line, message }) => mjmlProblem(restore(message), line))
    return { ok: false, problems: found }
  } catch (error) {
    return {
      ok: false,
      problems: [mjmlProblem(restore(error instanceof Error ? error.message : String(error)))],
    }
  }
}

function mjmlProblem(said: string, line?: number): TemplateProblem {
  const short = said.split('\n')[0]?.slice(0, 300) ?? ''
  return {
    field: 'body',
    ...(line ? { line } : {}),
    code: 'mjml',
    en: `The layout cannot be read: ${short}`,
    ru: `Не получается прочитать вёрстку: ${short}`,
  }
}

function lostToken(text: string, line: number): TemplateProblem {
  return {
    field: 'body',
    line,
    code: 'lost_in_layout',
    en: `${text} stands between layout blocks and would be lost. Put it inside a text block.`,
    ru: `${text} стоит между блоками вёрстки и потерялось бы. Поместите его в текстовый блок.`,
  }
}

interface Danger {
  pattern: RegExp
  code: TemplateProblemCode
  en: string
  ru: string
}

/** Looked for in each tag, its quoted values taken out; a hidden Liquid token is one word. */
const dangers: readonly Danger[] = [
  {
    pattern: /^<\s*(script|iframe|object|embed|form|base|meta\s+http-equiv)\b/i,
    code: 'script_not_allowed',
    en: 'Mail programs do not allow this element. Remove it.',
    ru: 'Почтовые программы не допускают этот элемент. Уберите его.',
  },
  {
    pattern: /\son[a-z]+\s*=/i,
    code: 'script_not_allowed',
    en: 'Scripts in attributes are not allowed in email. Remove the “on…” attribute.',
    ru: 'Скрипты в атрибутах в письмах запрещены. Уберите атрибут «on…».',
  },
  {
    pattern: /^<\s*mj-include\b/i,
    code: 'include_not_allowed',
    en: 'A template cannot include files. Paste the content instead.',
    ru: 'Шаблон не может подключать файлы. Вставьте содержимое.',
  },
  {
    pattern: /=\s*[^\s"'>]*tropaliquidq*\d+z/i,
    code: 'unsafe_place',
    en: 'Put quotes around this attribute: without them a customer’s value could break out of it.',
    ru: 'Возьмите атрибут в кавычки: без них значение клиента может выйти за его пределы.',
  },
  {
    pattern: /^<\/?\s*tropaliquidq*\d+z/i,
    code: 'unsafe_place',
    en: 'A value cannot be the name of an element. Put it inside the text or an attribute.',
    ru: 'Значение не может быть именем элемента. Поместите его в текст или атрибут.',
  },
]

const tagPattern = /<\/?[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi

function placeProblems(hidden: string, restore: (text: string) => string): TemplateProblem[] {
  const found: TemplateProblem[] = []
  for (const tag of hidden.matchAll(tagPattern)) {
    const bare = tag[0].replace(/"[^"]*"|'[^']*'/g, '""')
    const danger = dangers.find(({ pattern }) => pattern.test(bare))
    if (!danger) continue
    const line = restore(hidden.slice(0, tag.index)).split('\n').length
    const near = restore(tag[0]).replace(/\s+/g, ' ').slice(0, 80)
    const { code, en, ru } = danger
    found.push({ field: 'body', line, code, en: `${en} (${near})`, ru: `${ru} (${near})` })
  }
  return found
}
