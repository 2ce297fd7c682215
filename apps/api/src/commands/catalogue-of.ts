import { compileTemplate, type TemplateProblem } from '@tropa/connectors/render'
import type { Queryable } from '@tropa/db'
import { readCatalogue } from '@tropa/db/catalogue'
import { listBrokenTemplates, type TemplateRow } from '@tropa/db/templates'
import type { Catalogue, Text } from '@tropa/journey'

/** What a draft of a workspace can refer to, and the first mistake of each template that cannot be sent. */
export async function catalogueOf(db: Queryable, workspaceId: string): Promise<Catalogue> {
  const catalogue = await readCatalogue(db, workspaceId)
  const rows = await listBrokenTemplates(db, workspaceId)
  const broken = await Promise.all(
    rows.map(async (row) => ({ id: row.id, name: row.name, mistake: await mistakeOf(row) })),
  )
  return { ...catalogue, broken }
}

const mostKnown = 500
/** By template and revision: preparing one may take seconds, and a draft is saved at every touch. */
const known = new Map<string, Promise<Text>>()

function mistakeOf(row: TemplateRow): Promise<Text> {
  const key = `${row.id} ${row.revision}`
  const found = known.get(key)
  if (found) return found
  const mistake = findMistake(row)
  mistake.catch(() => known.delete(key))
  if (known.size >= mostKnown) known.delete(known.keys().next().value as string)
  known.set(key, mistake)
  return mistake
}

async function findMistake(row: TemplateRow): Promise<Text> {
  const result = await compileTemplate(row)
  const first = result.ok ? undefined : result.problems[0]
  return first ? told(first) : saveAgain
}

/** What was a mistake when the template was saved is none any more. */
const saveAgain: Text = {
  en: 'Open it and save it once more.',
  ru: 'Откройте его и сохраните ещё раз.',
}

const fields: Record<TemplateProblem['field'], Text> = {
  subject: { en: 'Subject', ru: 'Тема' },
  preheader: { en: 'Preheader', ru: 'Прехедер' },
  body: { en: 'Body', ru: 'Письмо' },
}

function told({ field, line, en, ru }: TemplateProblem): Text {
  const { [field]: name } = fields
  return {
    en: `${name.en}${line ? `, line ${line}` : ''}: ${en}`,
    ru: `${name.ru}${line ? `, строка ${line}` : ''}: ${ru}`,
  }
}
