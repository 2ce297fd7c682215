import { compileTemplate } from '@tropa/connectors/render'
import { findDemoWorkspace, findUserByEmail, lockSetup } from '@tropa/db/members'
import { insertTemplate, listTemplates } from '@tropa/db/templates'
import type { Language } from '@tropa/journey'
import { createPerson } from '../commands/create-person.ts'
import { createWorkspace } from '../commands/create-workspace.ts'
import type { Deps } from '../context.ts'
import { demoMember } from '../demo.ts'
import { seedTemplates } from './templates.ts'

type Needs = Pick<Deps, 'db' | 'auth' | 'installation'>

/** Creates the demo workspace with its owner and templates; what is already there is left as it is. */
export async function seedDemo({ db, auth, installation }: Needs, language: Language): Promise<string> {
  return db.transaction(async (tx) => {
    await lockSetup(tx)
    const found = await findDemoWorkspace(tx)
    if (found) return found.id
    const { email, password } = demoMember(installation.secret)
    const known = await findUserByEmail(tx, email)
    const ownerId = known?.id ?? (await createPerson(tx, auth, { name: 'Demo', email, password }))
    const name = language === 'ru' ? 'Лавка' : 'Lavka'
    const id = await createWorkspace(tx, installation, {
      name,
      timeZone: language === 'ru' ? 'Europe/Moscow' : 'UTC',
      currency: 'USD',
      language,
      ownerId,
      demo: true,
    })
    if ((await listTemplates(tx, id)).length === 0) {
      for (const template of seedTemplates) {
        const made = await compileTemplate({ ...template, format: 'mjml' })
        if (!made.ok)
          throw new Error(
            `The seed template “${template.name}” has problems: ${JSON.stringify(made.problems)}`,
          )
        const { compiled, variables } = made
        await insertTemplate(tx, id, { ...template, format: 'mjml', compiled, variables })
      }
    }
    return id
  })
}
