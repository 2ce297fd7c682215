import { nearest } from '@tropa/journey/nearest'
import { analyzeSync, type Liquid } from 'liquidjs'
import { filterNames, tagNames } from './liquid.ts'
import { findNeeds } from './needs.ts'
import { type TemplateProblem, type TemplateProblemCode, templateRoots } from './template.ts'

type Field = TemplateProblem['field']

/** What a part of a template refers to, and what is wrong with it. */
export interface Inspection {
  /** Each variable with the line where it stands first. */
  variables: Map<string, number>
  /** Those of them without whose value sending refuses. */
  needs: Set<string>
  problems: TemplateProblem[]
}

/** Parses one part, lists the variables it reads and every problem that can be told without data. */
export function inspectLiquid(source: string, field: Field, engine: Liquid): Inspection {
  try {
    const parsed = engine.parse(source)
    const { globals } = analyzeSync(parsed, { partials: false })
    const variables = new Map<string, number>()
    const problems: TemplateProblem[] = []
    for (const uses of Object.values(globals)) {
      for (const use of uses) {
        const path = plainPath(use.segments)
        const root = path[0] ?? ''
        const { row } = use.location
        const name = path.join('.')
        if (!(templateRoots as readonly string[]).includes(root)) problems.push(unknownRoot(root, field, row))
        else if (root === 'workspace' && path[1] !== 'name') problems.push(unknownWorkspace(name, field, row))
        else variables.set(name, Math.min(row, variables.get(name) ?? row))
      }
    }
    const needs = new Set(findNeeds(parsed).map(({ segments }) => plainPath(segments).join('.')))
    return { variables, needs, problems }
  } catch (error) {
    return { variables: new Map(), needs: new Set(), problems: problemsOf(error, field) }
  }
}

/** The leading names of a path: `customer.orders[0].total` reads `customer.orders`. */
function plainPath(segments: readonly unknown[]): string[] {
  const end = segments.findIndex((segment) => typeof segment !== 'string')
  return (end < 0 ? segments : segments.slice(0, end)).map(String)
}

function unknownRoot(root: string, field: Field, line: number): TemplateProblem {
  const guess = nearest(root, templateRoots)
  const list = templateRoots.join(', ')
  return {
    field,
    line,
    code: 'unknown_root',
    en: `“${root}” is not something a template can read.${guess ? ` Did you mean “${guess}”?` : ''} Start with one of: ${list}.`,
    ru: `Шаблон не может читать «${root}».${guess ? ` Возможно, «${guess}»?` : ''} Начните с одного из: ${list}.`,
  }
}

/** Of the workspace a template can read one thing only, whatever data there are. */
function unknownWorkspace(name: string, field: Field, line: number): TemplateProblem {
  return {
    field,
    line,
    code: 'unknown_root',
    en: `“${name}” is not something a template can read. Of the workspace there is “workspace.name”.`,
    ru: `Шаблон не может читать «${name}». О пространстве есть только «workspace.name».`,
  }
}

interface LiquidFault {
  name?: string
  message: string
  originalError?: { message: string }
  errors?: LiquidFault[]
  token?: { getPosition?(): [number, number] }
}

function problemsOf(error: unknown, field: Field): TemplateProblem[] {
  const fault = error as LiquidFault
  return (fault.errors ?? [fault]).map((one) => {
    const said = (one.originalError?.message ?? one.message).replace(/, line:\d+, col:\d+$/, '')
    const line = one.token?.getPosition?.()[0]
    return { field, ...(line ? { line } : {}), ...explain(said) }
  })
}

function explain(said: string): { code: TemplateProblemCode; en: string; ru: string } {
  const filter = /^undefined filter: (.+)$/.exec(said)?.[1]
  if (filter === 'raw') {
    return {
      code: 'unknown_filter',
      en: 'The filter “raw” is not allowed: what customers type could change the email. Remove it.',
      ru: 'Фильтр «raw» запрещён: введённое клиентом могло бы изменить письмо. Уберите его.',
    }
  }
  if (filter) return unknown('unknown_filter', filter, filterNames, 'filter', 'фильтра')
  const tag = /^tag "(.+)" not found$/.exec(said)?.[1]
  if (tag) return unknown('unknown_tag', tag, tagNames, 'tag', 'тега')
  return {
    code: 'liquid_syntax',
    en: `This Liquid cannot be read: ${said}. Check the brackets and quotes.`,
    ru: `Не получается прочитать Liquid: ${said}. Проверьте скобки и кавычки.`,
  }
}

function unknown(code: TemplateProblemCode, name: string, known: readonly string[], en: string, ru: string) {
  const guess = nearest(name, known)
  return {
    code,
    en: `There is no ${en} “${name}”.${guess ? ` Did you mean “${guess}”?` : ''}`,
    ru: `Нет ${ru} «${name}».${guess ? ` Возможно, «${guess}»?` : ''}`,
  }
}
