/** What an enrollment was entered by: the value that separates passages, and what keeps its row apart from others. */
interface Entering {
  /** The value of the property entries are separated by; empty without one. */
  key: string
  /** The entry event, where every event makes an enrollment of its own. */
  eventId: number | null
  /** The fast clock, whose enrollments collide with no real ones. */
  clockId: string | null
}

/** The unique key of an entry. */
export function entryKeyOf({ key, eventId, clockId }: Entering): string {
  const own = eventId === null ? key : `${key}#${eventId}`
  return clockId === null ? own : `clock:${clockId}:${own}`
}

/** What stays the same when a customer enters again, on a fast clock or not: splits are sticky by it. */
export function lastingKeyOf(entryKey: string): string {
  return entryKey.replace(/^clock:[0-9a-f-]{36}:/, '').replace(/#\d+$/, '')
}
