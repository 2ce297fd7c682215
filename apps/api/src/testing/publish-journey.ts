import type { Caller } from '../testing.ts'

/** Makes a journey of a graph and publishes it as a member of a workspace; answers its id. */
export async function publishJourney(
  member: Caller,
  at: (path: string) => string,
  { name, graph }: { name: string; graph: object },
): Promise<string> {
  const made = await member.call('POST', at('/journeys'), { name, graph })
  const live = await member.call('POST', at(`/journeys/${made.body.id}/publish`), { revision: 1 })
  if (live.status !== 201) throw new Error(`“${name}” is not live: ${JSON.stringify(live.body)}`)
  return made.body.id
}
