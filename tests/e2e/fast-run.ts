import type { APIRequestContext } from '@playwright/test'
import type { WorkspaceCaller } from '../build.ts'

interface FastRun {
  /** Lines of “customer, day as YYYYMMDD, total”. */
  rows: readonly (readonly [customer: string, day: string, total: number])[]
  secondsPerDay: number
}

type Rows = FastRun['rows']

/** A call to the imports of a workspace; an answer outside 2xx is thrown with its body. */
function importsOf(request: APIRequestContext, { id: workspace }: WorkspaceCaller) {
  return async (
    method: 'post' | 'patch',
    path: string,
    options?: Parameters<APIRequestContext['post']>[1],
  ) => {
    const answer = await request[method](`/api/w/${workspace}/imports${path}`, options)
    if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}: ${await answer.text()}`)
    return (await answer.json()) as { id: string }
  }
}

/** Uploads a file of orders and says what its columns mean, as the wizard would; answers the import's id. */
export async function uploadMappedFile(
  request: APIRequestContext,
  shop: WorkspaceCaller,
  rows: Rows,
  more: object = {},
): Promise<string> {
  const call = importsOf(request, shop)
  const buffer = Buffer.from(rows.map((row) => row.join(',')).join('\n'))
  const file = { name: 'orders.csv', mimeType: 'text/csv', buffer }
  const { id } = await call('post', '', { multipart: { file } })
  const mapping = {
    event: { name: 'order' },
    customer: { column: 0, identifier: 'external_id' },
    time: { column: 1, format: 'YYYYMMDD', zone: 'UTC' },
    properties: [{ column: 2, name: 'total', type: 'number' }],
    attributes: [],
    emailAddress: { pattern: '{external_id}@example.test' },
    consentEmail: { source: 'made up' },
  }
  await call('patch', `/${id}`, { data: { mapping, ...more } })
  return id
}

/** Starts a file of orders on a fast clock, as the wizard would, and answers the import's id. */
export async function startFastRun(
  request: APIRequestContext,
  shop: WorkspaceCaller,
  { rows, secondsPerDay }: FastRun,
): Promise<string> {
  const id = await uploadMappedFile(request, shop, rows, { mode: 'compressed', secondsPerDay })
  await importsOf(request, shop)('post', `/${id}/start`)
  return id
}
