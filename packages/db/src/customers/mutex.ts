/** Tells the mutex from other advisory locks of the same database. */
const seed = 7263554

/** The key of the mutex under which everything about one customer happens in the engine; `expression` is SQL for their id. */
export const mutexOf = (expression: string) => `hashtextextended(${expression}::text, ${seed})`
