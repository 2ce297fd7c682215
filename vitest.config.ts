import { defineConfig } from 'vitest/config'

/** Makes the recorded histories of the replay tests anew: no test, and only on demand (RECORD_HISTORIES=1). */
const recorder = process.env.RECORD_HISTORIES ? [] : ['tests/replay/record.test.ts']

export default defineConfig({
  test: {
    include: ['{packages,apps,scripts,tests}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/e2e/**', ...recorder],
    globalSetup: './tests/setup/services.ts',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 90_000,
  },
})
