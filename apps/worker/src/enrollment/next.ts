/** What a `journey` workflow does next. Only ids and numbers cross into Temporal. */
export type Next = { do: 'end' } | { do: 'sleep'; forMs: number } | { do: 'send'; messageId: string }
