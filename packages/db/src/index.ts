export { migrate } from './migrate.ts'
export { type Database, type OpenDatabase, openDatabase, type Queryable } from './open.ts'
export * as tables from './tables.ts'
