import type { APIRequestContext } from '@playwright/test'
import type { WorkspaceCaller } from '../build.ts'

interface FastRun {
  /** Lines of “customer, day as YYYYMMDD, total”. */
  rows: readonly (readonly [customer: string, day: string, total: number])[]
  secondsPerDay: number
}

/** Starts a file of orders on a fast clock, as the wizard would, and answers the import's id. */
export async function startFastRun(
  request: APIRequestContext,
  { id: workspace }: WorkspaceCaller,
  { rows, secondsPerDay }: FastRun,
): Promise<string> {
  const at = (path: string) => `/api/w/${workspace}/imports${path}`
  const must = async (answer: Awaited<ReturnType<APIRequestContext['post']>>) => {
    if (!answer.ok()) throw new Error(`${answer.url()} answered ${answer.status()}: ${await answer.text()}`)
    return (await answer.json()) as { id: string }
  }
  const buffer = Buffer.from(rows.map((row) => row.join(',')).join('\n'))
  const file = { name: 'orders.csv', mimeType: 'text/csv', buffer }
  const { id } = await must(await request.post(at(''), { multipart: { file } }))
  const mapping = {
    event: { name: 'order' },
    customer: { column: 0, identifier: 'external_id' },
    time: { column: 1, format: 'YYYYMMDD', zone: 'UTC' },
    properties: [{ column: 2, name: 'total', type: 'number' }],
    attributes: [],
    emailAddress: { pattern: '{external_id}@example.test' },
    consentEmail: { source: 'made up' },
  }
  await must(await request.patch(at(`/${id}`), { data: { mapping, mode: 'compressed', secondsPerDay } }))
  await must(await request.post(at(`/${id}/start`)))
  return id
}
