import {
  type CompiledTemplate,
  compileTemplate,
  renderEmail,
  type TemplateProblem,
  type TemplateSource,
} from '@tropa/connectors/render'
import type { Queryable } from '@tropa/db'
import { findCustomer, lastEventOf } from '@tropa/db/customers'
import { readSettings } from '@tropa/db/settings'
import type { Text } from '@tropa/journey'
import { Failure } from '../errors.ts'
import { type TemplateWarning, warnOfTemplate } from './warn-of-template.ts'

/** A problem of a preview: of the template itself, or of filling it in. */
export type PreviewProblem = TemplateProblem | ({ field: 'body'; code: string; variable?: string } & Text)

export interface Preview {
  subject: string
  html: string
  text: string
  problems: PreviewProblem[]
  /** What is most likely a mistake and keeps the template from nothing. */
  warnings: TemplateWarning[]
  variables: string[]
}

/** Shows a template filled with a customer's data, or with made-up data where there is none. Sends nothing. */
export async function previewTemplate(
  db: Queryable,
  workspaceId: string,
  source: TemplateSource,
  customerId: string | null,
): Promise<Preview> {
  const compiled = await compileTemplate(source)
  const nothing = { subject: '', html: '', text: '' }
  if (!compiled.ok) return { ...nothing, problems: compiled.problems, warnings: [], variables: [] }
  const data = await sampleData(db, workspaceId, compiled.variables, customerId)
  const rendered = await renderEmail(compiled.compiled, data)
  const { variables } = compiled
  const warnings = await warnOfTemplate(db, workspaceId, compiled)
  if (rendered.ok) {
    const { subject, html, text } = rendered
    return { subject, html, text, problems: [], warnings, variables }
  }
  const { ok: _, reason, ...rest } = rendered
  return { ...nothing, problems: [{ field: 'body', code: reason, ...rest }], warnings, variables }
}

/** Fills a stored template for a test send; refuses with what is missing. */
export async function fillForTest(
  db: Queryable,
  workspaceId: string,
  template: { compiled: unknown; variables: string[] },
): Promise<{ subject: string; html: string; text: string }> {
  const data = await sampleData(db, workspaceId, template.variables, null)
  const rendered = await renderEmail(template.compiled as CompiledTemplate, data)
  if (!rendered.ok) {
    const { en, ru, reason, variable } = rendered
    throw new Failure('template_not_rendered', { reason, variable: variable ?? null }, { en, ru })
  }
  return rendered
}

async function sampleData(
  db: Queryable,
  workspaceId: string,
  variables: readonly string[],
  customerId: string | null,
): Promise<Record<string, unknown>> {
  const settings = await readSettings(db, workspaceId)
  const workspace = { name: settings?.name ?? '' }
  const base = { workspace, unsubscribe_url: '#' }
  const customer = customerId ? await findCustomer(db, workspaceId, customerId) : null
  if (customerId && !customer) throw new Failure('not_found')
  if (!customer) return { ...base, ...madeUp(variables) }
  const email = customer.identifiers.find(({ type }) => type === 'email')?.value
  const externalId = customer.identifiers.find(({ type }) => type === 'external_id')?.value
  const event = await lastEventOf(db, customer.id)
  const made = madeUp(variables)
  return {
    ...base,
    customer: { email, external_id: externalId, ...customer.attributes },
    event: event?.properties ?? made.event,
    nodes: made.nodes,
  }
}

const samples: Record<string, unknown> = {
  first_name: 'Anna',
  last_name: 'Petrova',
  name: 'Anna',
  email: 'anna@example.test',
  total: 77,
  city: 'Tver',
}

/** Made-up values for the variables a template names; none for names that every object inherits, such as `constructor`. */
function madeUp(variables: readonly string[]): Record<string, Record<string, unknown>> {
  const data: Record<string, Record<string, unknown>> = { customer: {}, event: {}, nodes: {} }
  for (const variable of variables) {
    const names = variable.split('.')
    if (names.some((name) => name in Object.prototype)) continue
    const [root = '', ...path] = names
    const last = path.pop()
    let at = data[root]
    if (!at || last === undefined) continue
    for (const key of path) {
      const known: unknown = at[key]
      const next: Record<string, unknown> =
        typeof known === 'object' ? (known as Record<string, unknown>) : {}
      at[key] = next
      at = next
    }
    at[last] ??= samples[last] ?? `{${last}}`
  }
  return data
}
