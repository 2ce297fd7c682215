import { nearest } from '../nearest.ts'
import type { Catalogue } from './catalogue.ts'

/** What is known of every customer, and the names under which most shops keep a person's name. */
const alwaysKnown = ['email', 'external_id', 'first_name', 'last_name', 'name']

/** A template's variable for which nobody has had a value yet, and the known one that was perhaps meant. */
export interface UnseenVariable {
  variable: string
  guess: string | null
}

/** Attributes of customers that no customer has, among the variables of a template. */
export function unseenAttributes(
  variables: readonly string[],
  { attributes }: Pick<Catalogue, 'attributes'>,
): UnseenVariable[] {
  return unseen(variables, 'customer', [...alwaysKnown, ...attributes])
}

/** Properties of events that no event has brought, among the variables of a template; none while there is no event. */
export function unseenProperties(
  variables: readonly string[],
  { events }: Pick<Catalogue, 'events'>,
): UnseenVariable[] {
  const known = [...new Set(events.flatMap(({ properties }) => properties))]
  return events.length === 0 ? [] : unseen(variables, 'event', known)
}

function unseen(variables: readonly string[], root: string, known: readonly string[]): UnseenVariable[] {
  return variables.flatMap((variable) => {
    const [first, name] = variable.split('.')
    if (first !== root || name === undefined || known.includes(name)) return []
    const guess = nearest(name, known)
    return [{ variable, guess: guess && `${root}.${guess}` }]
  })
}
