import type { Queryable } from '@tropa/db'
import type { ImportRow } from '@tropa/db/imports'
import { livePlans } from '@tropa/db/versions'
import type { Mapping } from '@tropa/intake'
import type { Text } from '@tropa/journey'

/** A journey that an event of the file begins, or in which somebody may wait for it. */
export interface ReachedJourney {
  journeyId: string
  name: string
  /** Nobody enters it until it goes on. */
  paused: boolean
}

/** What an event of the file means to the published journeys. */
export interface Reach {
  event: string
  begins: ReachedJourney[]
  /** Journeys that do not begin with it but react to it inside. */
  awaited: ReachedJourney[]
}

const shownEvents = 10

/** Which published journeys the events of a file begin or move on, unless they are stored as history. */
export async function reachOf(
  db: Queryable,
  { workspaceId }: Pick<ImportRow, 'workspaceId'>,
  mapping: Mapping,
  seen: string[],
): Promise<Reach[]> {
  const events = 'name' in mapping.event ? [mapping.event.name] : [...new Set(seen)].slice(0, shownEvents)
  const plans = await livePlans(db, workspaceId)
  return events.map((event) => {
    const begins: ReachedJourney[] = []
    const awaited: ReachedJourney[] = []
    for (const { journeyId, journeyName, status, plan } of plans) {
      const found = { journeyId, name: journeyName, paused: status === 'paused' }
      if (plan.entries.some((entry) => entry.event === event)) begins.push(found)
      else if (plan.listens.includes(event)) awaited.push(found)
    }
    return { event, begins, awaited }
  })
}

/** The journeys that stand open to the events of a file, each once. */
export function openTo(reach: Reach[]): ReachedJourney[] {
  const open = reach.flatMap(({ begins }) => begins).filter(({ paused }) => !paused)
  return [...new Map(open.map((journey) => [journey.journeyId, journey])).values()]
}

/** What to say when no journey would let anybody in: null when one does. */
export function nobodyEnters(reach: Reach[], mode: ImportRow['mode']): Text | null {
  const begins = reach.flatMap((one) => one.begins)
  if (mode === 'history' || reach.length === 0 || begins.some(({ paused }) => !paused)) return null
  const events = (open: string, close: string) =>
    reach.map(({ event }) => `${open}${event}${close}`).join(', ')
  const resting = begins[0]
  if (resting)
    return {
      en: `Only “${resting.name}” begins with ${events('“', '”')}, and it is paused: nobody will enter it. Resume it first.`,
      ru: `С события ${events('«', '»')} начинается только «${resting.name}», а он на паузе: никто в него не войдёт. Сначала возобновите его.`,
    }
  const moved = mode === 'live' && reach.some(({ awaited }) => awaited.length > 0)
  return {
    en: `No live journey begins with ${events('“', '”')}, so nobody will enter one${moved ? '; only customers who wait for it inside one move on' : ''}. Draw and publish one first.`,
    ru: `Ни один работающий сценарий не начинается с события ${events('«', '»')}, поэтому никто ни в один не войдёт${moved ? '; дальше пойдут только те, кто ждёт его внутри сценария' : ''}. Сначала нарисуйте и опубликуйте такой сценарий.`,
  }
}
