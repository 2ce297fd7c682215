import { type Answer, type AppUnderTest, type Caller, workspace } from '../testing.ts'
import { fileForm } from './file-form.ts'
import { withApp } from './with-app.ts'

/** The imports of one workspace, as its owner asks for them. */
export interface OwnersImports {
  pool: AppUnderTest['deps']['pool']
  workspaceId: string
  owner: Caller
  at: (path: string) => string
  /** Uploads a table and answers the id of its import. */
  upload: (table: string) => Promise<string>
  change: (id: string, what: object) => Promise<Answer>
  /** The import as it is shown. */
  see: (id: string) => Promise<Answer>
}

/** What a table of “customer, day, …” says of orders. */
export const ordersMapping = {
  event: { name: 'order' },
  customer: { column: 0, identifier: 'external_id' },
  time: { column: 1, format: 'auto', zone: 'UTC' },
}

/** Gives a test file the imports of a workspace in an app and a database of its own; all are gone after its last test. */
export function withImports(take: (imports: OwnersImports) => void): void {
  withApp(async (api) => {
    const { id: workspaceId, members, at } = await workspace(api)
    const { owner } = members
    take({
      pool: api.deps.pool,
      workspaceId,
      owner,
      at,
      async upload(table) {
        const { body, headers } = fileForm(table)
        return (await owner.call('POST', at('/imports'), body, headers)).body.id
      },
      change: (id, what) => owner.call('PATCH', at(`/imports/${id}`), what),
      see: (id) => owner.call('GET', at(`/imports/${id}`)),
    })
  })
}
