import { ImportBench } from './import-bench.ts'
import { withDatabase } from './with-database.ts'

/** Gives a test file a bench for imports on a migrated database of its own. */
export function withImportBench(take: (bench: ImportBench) => void): void {
  withDatabase((open) => take(new ImportBench(open)))
}
