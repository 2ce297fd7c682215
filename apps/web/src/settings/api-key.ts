import type { Routes, Row } from '../api.ts'

/** A key as the list of keys has it. */
export type ApiKey = Row<Routes['keys']['$get']>
