import type { CompileResult, TemplatePlace } from '@tropa/connectors/render'
import type { Queryable } from '@tropa/db'
import { readCatalogue } from '@tropa/db/catalogue'
import { type Text, type UnseenVariable, unseenAttributes, unseenProperties } from '@tropa/journey'

/** Something in a template that keeps it from nothing, but is most likely a mistake. */
export interface TemplateWarning extends Text, TemplatePlace {
  code: 'unseen_variable'
  variable: string
}

/** The variables of a template that nobody in the workspace has had a value for yet, each where it stands first. */
export async function warnOfTemplate(
  db: Queryable,
  workspaceId: string,
  result: CompileResult,
): Promise<TemplateWarning[]> {
  if (!result.ok || result.variables.length === 0) return []
  const catalogue = await readCatalogue(db, workspaceId)
  const { variables, places } = result
  return [
    ...unseenAttributes(variables, catalogue).map((one) => warning(one, places, attribute)),
    ...unseenProperties(variables, catalogue).map((one) => warning(one, places, property)),
  ]
}

const attribute: Text = { en: 'No customer has', ru: 'Ни у одного клиента нет' }
const property: Text = { en: 'No event has brought', ru: 'Ни одно событие не приносило' }

function warning(
  { variable, guess }: UnseenVariable,
  places: Record<string, TemplatePlace>,
  nobody: Text,
): TemplateWarning {
  const place = places[variable] ?? { field: 'body', line: 1 }
  const said = (text: string, meant: string, check: string) =>
    `${text} {{ ${variable} }}. ${guess ? `${meant} {{ ${guess} }}?` : check}`
  return {
    ...place,
    code: 'unseen_variable',
    variable,
    en: said(nobody.en, 'Did you mean', 'Check the spelling, or start sending it.'),
    ru: said(nobody.ru, 'Возможно,', 'Проверьте название или начните его передавать.'),
  }
}
