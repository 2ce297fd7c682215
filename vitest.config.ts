import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,apps,scripts,tests}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/e2e/**'],
    globalSetup: './tests/setup/services.ts',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 90_000,
  },
})
