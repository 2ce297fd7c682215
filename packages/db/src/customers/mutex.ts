/** Told from other advisory locks of the same database by this seed. */
export const mutexSeed = 7263554

/** The key of the mutex under which everything about one customer happens in the engine; `expression` is SQL for their id. */
export const mutexOf = (expression: string) => `hashtextextended(${expression}::text, ${mutexSeed})`
